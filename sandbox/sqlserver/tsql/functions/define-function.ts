import type { Frame, ScalarFunction } from "../engine-host";
import type { SqlType, SqlValue } from "../sql-type";

type Run = (args: readonly SqlValue[], frame: Frame, types: readonly SqlType[]) => SqlValue;

/** A function with fixed parameter types; parameters from `min` on may be left out. */
export function defineFunction(
  parameters: readonly (SqlType | "any")[],
  result: SqlType | ((types: readonly SqlType[]) => SqlType),
  run: Run,
  options: { min?: number; max?: number; acceptsNull?: boolean; datepart?: boolean } = {},
): ScalarFunction {
  return {
    min: options.min ?? parameters.length,
    max: options.max ?? parameters.length,
    parameters,
    type: typeof result === "function" ? result : () => result,
    run,
    ...(options.acceptsNull === true ? { acceptsNull: true } : {}),
    ...(options.datepart === true ? { datepart: true } : {}),
  };
}

export function textOf(value: SqlValue | undefined): string {
  return typeof value === "string" ? value : "";
}
export function numberOf(value: SqlValue | undefined): number {
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : 0;
}
