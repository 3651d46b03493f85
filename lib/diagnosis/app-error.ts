/** Codes of problem+json (`lib/contracts/problem.ts` lists the same, held by a type there). */
export type AppErrorCode =
  | "validation"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "precondition_failed"
  | "rate_limited"
  | "external_failure"
  | "external_timeout"
  | "internal";

export interface AppErrorFields {
  code: AppErrorCode;
  /** Keys the text `error.<reason>` in both languages. */
  reason: string;
  params: Record<string, string | number>;
  invalidParams: { path: string; reason: string }[];
}

/** A rule or a look-up failed: expected, told to the user. */
export class AppError extends Error {
  readonly fields: AppErrorFields;

  constructor(
    code: AppErrorCode,
    reason: string,
    params: Record<string, string | number> = {},
    invalidParams: { path: string; reason: string }[] = [],
  ) {
    super(`${code}: ${reason}`);
    this.name = "AppError";
    this.fields = { code, reason, params, invalidParams };
  }
}

/** By shape, not instanceof: server bundles may each hold a copy of the class. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === "AppError" && "fields" in error;
}
