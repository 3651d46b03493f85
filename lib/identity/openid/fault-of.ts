import { AuthorizationResponseError, ClientError, ResponseBodyError } from "openid-client";
import { AppError, isAppError } from "@/lib/diagnosis/app-error";

/** Characters of a provider's own code that are told. */
const LONGEST_CODE = 60;

/** What the client found, in our words. A name or key of somebody's token is in none of them. */
export function faultOf(error: unknown, host: string): unknown {
  if (isAppError(error)) return error;
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return new AppError("external_failure", "provider_refused", { host, code: plain(error.error) });
  if (error instanceof ClientError) return faultOfAnswer(error, host);
  const isTimeout = error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
  if (isTimeout || hasNetworkCode(error)) return unreachable(host, error);
  return error;
}

function faultOfAnswer(error: ClientError, host: string): AppError {
  switch (error.code) {
    case "OAUTH_JWT_TIMESTAMP_CHECK_FAILED":
      return detailOf(error, "claim") === "auth_time"
        ? notFresh(host)
        : refused("provider_wrong_clock", host);
    case "OAUTH_JWT_CLAIM_COMPARISON_FAILED":
      return faultOfClaim(detailOf(error, "claim"), host);
    case "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED":
      return detailOf(error, "attribute") === "issuer"
        ? refused("provider_wrong_issuer", host)
        : unreadable(host);
    case "OAUTH_KEY_SELECTION_FAILED":
      return refused("provider_wrong_keys", host);
    case "OAUTH_TIMEOUT":
    case "OAUTH_ABORT":
      return unreachable(host, error);
    case "OAUTH_INVALID_RESPONSE":
      return faultOfResponse(wordsOf(error), host);
    default:
      return hasNetworkCode(error.cause) ? unreachable(host, error.cause) : unreadable(host);
  }
}

/** The library has one code for these, and no other way to tell them apart than what it says. */
function faultOfResponse(words: string, host: string): AppError {
  if (/signature/.test(words)) return refused("provider_wrong_keys", host);
  if (/"iss" \(issuer\)/.test(words)) return refused("provider_wrong_issuer", host);
  if (/"state"/.test(words)) return refused("provider_wrong_attempt", host);
  if (/auth_time/.test(words)) return notFresh(host);
  return unreadable(host);
}

function faultOfClaim(claim: string | null, host: string): AppError {
  switch (claim) {
    case "iss":
      return refused("provider_wrong_issuer", host);
    case "aud":
    case "azp":
      return refused("provider_wrong_audience", host);
    case "nonce":
      return refused("provider_wrong_attempt", host);
    default:
      return unreadable(host);
  }
}

type WrongAnswer =
  | "provider_wrong_clock"
  | "provider_wrong_issuer"
  | "provider_wrong_audience"
  | "provider_wrong_keys"
  | "provider_wrong_attempt";

const refused = (reason: WrongAnswer, host: string) => WRONG[reason](host);
const WRONG: Readonly<Record<WrongAnswer, (host: string) => AppError>> = {
  provider_wrong_clock: (host) => new AppError("unauthorized", "provider_wrong_clock", { host }),
  provider_wrong_issuer: (host) => new AppError("unauthorized", "provider_wrong_issuer", { host }),
  provider_wrong_audience: (host) => new AppError("unauthorized", "provider_wrong_audience", { host }),
  provider_wrong_keys: (host) => new AppError("unauthorized", "provider_wrong_keys", { host }),
  provider_wrong_attempt: (host) => new AppError("unauthorized", "provider_wrong_attempt", { host }),
};
const unreadable = (host: string) => new AppError("external_failure", "provider_answer_unreadable", { host });

/** They signed in there, but not just now. */
export function notFresh(host: string): AppError {
  return new AppError("unauthorized", "provider_not_fresh", { host });
}

function unreachable(host: string, error: unknown): AppError {
  const code = error instanceof Error ? Reflect.get(error, "code") : undefined;
  const told = typeof code === "string" && !code.startsWith("OAUTH_") ? code : "timeout";
  return new AppError("external_failure", "provider_unreachable", { host, code: told });
}

/** `ECONNREFUSED`, `ENOTFOUND`, `DEPTH_ZERO_SELF_SIGNED_CERT`: whatever Node gives a code to. */
function hasNetworkCode(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = Reflect.get(error, "code");
  return typeof code === "string" && !/^(?:OAUTH|ERR_INVALID_ARG)_/.test(code);
}

/** What the library names in the cause of the cause, or in the cause. */
function detailOf({ cause }: ClientError, name: "claim" | "attribute"): string | null {
  const details = cause instanceof Error ? cause.cause : cause;
  if (typeof details !== "object" || details === null) return null;
  const detail = Reflect.get(details, name);
  return typeof detail === "string" ? detail : null;
}

function wordsOf({ message, cause }: ClientError): string {
  return cause instanceof Error ? `${message} ${cause.message}` : message;
}

function plain(code: string): string {
  return code.replace(/[^\w.-]/g, "").slice(0, LONGEST_CODE);
}
