import type { StepKind } from "./generated/step-kinds";

/** Kinds of steps that last for minutes or hours, so that of fifty most wait for the first while all is well. */
export const LONG_KINDS = ["backup", "upload", "find_file"] as const satisfies readonly StepKind[];
