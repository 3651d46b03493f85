import type { ScalarFunction } from "../engine-host";
import { dateFunctions } from "./date-functions";
import { stringFunctions } from "./string-functions";

/** The functions of the language itself; what depends on the server's state is the host's. */
export const builtinFunctions: ReadonlyMap<string, ScalarFunction> = new Map<string, ScalarFunction>(
  Object.entries({ ...stringFunctions, ...dateFunctions }),
);
