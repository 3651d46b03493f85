import { ExternalError, type ExternalErrorKind } from "@/lib/diagnosis/external-error";
import { unansweredWords, wasNeverSent } from "@/lib/diagnosis/network-codes";
import { OSS_CODES } from "@/lib/diagnosis/oss-errors";

export interface OssErrorContext {
  /** The call changes something: without an answer its effect is unknown. */
  changes?: boolean;
  /** Head of the answer, when one came. */
  answer?: { status: number; headers: Record<string, string | string[] | undefined> } | undefined;
  /** The call that was made, as `CLOUD_CALLS` names it. */
  call?: string | null;
  /** Never to appear in a message. */
  secrets?: readonly string[];
}

const kindByStatus: ReadonlyMap<number, ExternalErrorKind> = new Map([
  [400, "invalid"],
  [401, "auth"],
  [403, "forbidden"],
  [404, "not_found"],
  [408, "timeout"],
  [409, "conflict"],
  [412, "conflict"],
  [416, "invalid"],
  [429, "throttled"],
  [-2, "timeout"],
]);

const MESSAGE_LENGTH = 500;

/**
 * What ali-oss threw, as ExternalError. `providerCode` is OSS's Code; without an answer the system's code
 * (`ENOTFOUND`, `ECONNREFUSED`, certificate codes) or `ConnectTimeout` / `IdleTimeout`.
 */
export function classifyOssError(error: unknown, context: OssErrorContext = {}): ExternalError {
  if (error instanceof ExternalError) return error;
  const text = (key: string): string | null => {
    const value = typeof error === "object" && error !== null ? Reflect.get(error, key) : undefined;
    return typeof value === "string" && value !== "" ? value : null;
  };
  const ownStatus = typeof error === "object" && error !== null ? Reflect.get(error, "status") : undefined;
  const status = context.answer?.status ?? (typeof ownStatus === "number" ? ownStatus : null);
  const message = text("message") ?? "Unknown error of the OSS client.";

  let code = text("code");
  if (code === null && message.startsWith("The bucket must be conform")) code = "InvalidBucketName";
  // The client stumbled over an answer that is none of OSS's.
  if (code === null && error instanceof Error && /^(?:Type|Range|Syntax|Reference)Error$/.test(error.name)) {
    code = "BadAnswer";
  }
  const kind: ExternalErrorKind =
    OSS_CODES.get(code ?? "")?.kind ??
    kindByStatus.get(status ?? 0) ??
    (isRefusal(status) ? "invalid" : "unavailable");
  const unanswered = kind === "timeout" || kind === "unavailable";

  return new ExternalError({
    system: "oss",
    kind,
    providerCode: code,
    providerMessage: clean(
      isWordOfOss(status, unanswered, code) ? message : unansweredWords(code),
      context.secrets ?? [],
    ),
    providerRequestId: text("requestId") ?? headerOf(context, "x-oss-request-id"),
    call: context.call ?? null,
    httpStatus: status !== null && status > 0 ? status : null,
    retryAfterMs: retryAfterMs(headerOf(context, "retry-after")),
    mayHaveHappened:
      unanswered && context.changes === true && code !== "ConnectTimeout" && !wasNeverSent(code),
  });
}

function isRefusal(status: number | null): boolean {
  return status !== null && status >= 400 && status < 500;
}

/** What OSS, the client's own checks or our transport said: none of them holds a request. */
function isWordOfOss(status: number | null, unanswered: boolean, code: string | null): boolean {
  if (code === "BadAnswer") return false;
  if (!unanswered || (status !== null && status > 0)) return true;
  return code !== null && /^(?:ConnectTimeout|Proxy|AnswerTooLong|AbortError)/.test(code);
}

function headerOf(context: OssErrorContext, name: string): string | null {
  const value = context.answer?.headers[name];
  return typeof value === "string" ? value : null;
}

/** Retry-After in whole seconds; dates are not used by OSS. */
function retryAfterMs(header: string | null): number | null {
  return header !== null && /^\d{1,4}$/.test(header) ? Number(header) * 1000 : null;
}

/** The client appends whole documents to its messages; proxies answer with pages. */
function clean(message: string, secrets: readonly string[]): string {
  const short = (message.split("\nraw xml:")[0] ?? message).slice(0, MESSAGE_LENGTH);
  return secrets.reduce((text, secret) => (secret === "" ? text : text.replaceAll(secret, "***")), short);
}
