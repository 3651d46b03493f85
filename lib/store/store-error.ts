import { AppError, type AppErrorCode } from "@/lib/diagnosis/app-error";

/**
 * A reason why the store does not open. Who starts Chainferry reads it in a terminal, before there is a page with
 * texts: so the message is a sentence that says what to do.
 */
export function storeError(
  code: AppErrorCode,
  reason: string,
  params: Record<string, string | number>,
  message: string,
): AppError {
  const error = new AppError(code, reason, params);
  error.message = message;
  return error;
}
