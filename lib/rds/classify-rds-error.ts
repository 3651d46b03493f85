import { ExternalError, type ExternalErrorKind } from "@/lib/diagnosis/external-error";
import { unansweredWords, wasNeverSent } from "@/lib/diagnosis/network-codes";
import { RDS_CODES } from "@/lib/diagnosis/rds-errors";

export interface RdsErrorContext {
  /** CreateMigrateTask and CreateOnlineDatabaseTask: without a clear refusal the effect is unknown. */
  changes?: boolean;
  /** The call that was made, as `CLOUD_CALLS` names it. */
  call?: string | null;
  /** Never to appear in a message. */
  secrets?: readonly string[];
}

const kindByStatus: ReadonlyMap<number, ExternalErrorKind> = new Map([
  [401, "auth"],
  [403, "forbidden"],
  [404, "not_found"],
  [408, "timeout"],
  [409, "conflict"],
  [429, "throttled"],
]);

const MESSAGE_LENGTH = 500;

/**
 * What the SDK threw, as ExternalError: RDS's Code and RequestId kept, the message its own words. Without an answer
 * `providerCode` is the system's code, `RequestTimeout`, or `BadAnswer` (a page of some proxy, a broken document).
 */
export function classifyRdsError(error: unknown, context: RdsErrorContext = {}): ExternalError {
  if (error instanceof ExternalError) return error;
  const name = textOf(error, "name") ?? "";
  const status = numberOf(error, "statusCode");
  const answered = status !== null;
  const code = codeOf(error, name, answered);
  const kind = kindOf(code, status, name, answered);
  const refused = answered && status < 500;
  const mayHaveHappened =
    context.changes === true && !refused && kind !== "throttled" && kind !== "invalid" && !wasNeverSent(code);

  return new ExternalError({
    system: "rds",
    kind,
    providerCode: code,
    providerMessage: clean(messageOf(error, code, answered), context.secrets ?? []),
    providerRequestId: known(textOf(error, "requestId")) ?? known(textOf(dataOf(error), "RequestId")),
    call: context.call ?? null,
    httpStatus: status,
    retryAfterMs: numberOf(error, "retryAfter"),
    mayHaveHappened,
  });
}

function codeOf(error: unknown, name: string, answered: boolean): string | null {
  const code = known(textOf(error, "code"));
  if (answered || (code !== null && code !== "ERR_INVALID_ARG_TYPE")) return code;
  return name === "RequestTimeoutError" ? "RequestTimeout" : "BadAnswer";
}

function kindOf(
  code: string | null,
  status: number | null,
  name: string,
  answered: boolean,
): ExternalErrorKind {
  if (name === "ThrottlingError" || /Throttling/.test(code ?? "")) return "throttled";
  if (code === "RequestTimeout" || code === "ETIMEDOUT") return "timeout";
  if (code === "SDK.ValidateError") return "invalid";
  const byCode = RDS_CODES.get(code ?? "")?.kind;
  if (byCode) return byCode;
  if (!answered) return "unavailable";
  if (/^Forbidden\b/.test(code ?? "")) return "forbidden";
  return kindByStatus.get(status ?? 0) ?? ((status ?? 0) >= 500 ? "unavailable" : "invalid");
}

/** The SDK wraps messages in status and request id; the answer itself has RDS's plain words. */
function messageOf(error: unknown, code: string | null, answered: boolean): string {
  const plain = known(textOf(dataOf(error), "Message"));
  if (plain !== null) return plain;
  if (!answered && code !== "SDK.ValidateError" && !/^Proxy/.test(code ?? "")) return unansweredWords(code);
  return textOf(error, "message") ?? "Unknown error of the SDK.";
}

function dataOf(error: unknown): unknown {
  return typeof error === "object" && error !== null ? Reflect.get(error, "data") : undefined;
}

function textOf(value: unknown, key: string): string | null {
  const field: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return typeof field === "string" && field !== "" ? field : null;
}

function numberOf(value: unknown, key: string): number | null {
  const field: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return typeof field === "number" && Number.isFinite(field) ? field : null;
}

/** The SDK prints missing fields as the text `undefined`. */
function known(text: string | null): string | null {
  return text === "undefined" ? null : text;
}

function clean(message: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (text, secret) => (secret === "" ? text : text.replaceAll(secret, "***")),
    message.slice(0, MESSAGE_LENGTH),
  );
}
