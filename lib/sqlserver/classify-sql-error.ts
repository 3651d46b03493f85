import { ExternalError, type ExternalErrorKind } from "@/lib/diagnosis/external-error";
import { type LoginError, loginErrorCode } from "./login-errors";
import { tlsErrorCode } from "./tls-error-code";

export interface SqlErrorContext {
  /** The statement changes something: a lost connection leaves its effect unknown. */
  changes?: boolean;
  /** A connection is being made: one that is closed on us was refused. */
  connecting?: boolean;
  /** ERROR tokens of the login; the driver drops their numbers. */
  loginErrors?: readonly LoginError[];
  /** Never to appear in a message. */
  secrets?: readonly string[];
}

/** SQL Server's error numbers (sys.messages), severity 11 and up. */
const kindByNumber: ReadonlyMap<number, ExternalErrorKind> = new Map<number, ExternalErrorKind>([
  ...numbers("auth", 18401, 18450, 18451, 18452, 18456, 18461, 18470, 18486, 18487, 18488),
  ...numbers("forbidden", 229, 230, 262, 297, 300, 371, 916, 3110, 4060, 5011, 15151, 15247, 15404),
  ...numbers("not_found", 208, 911, 2812, 2501, 2520, 2702),
  ...numbers("conflict", 924, 927, 942, 945, 952, 976, 978, 983, 1205, 3002, 3021, 3023, 3035, 3036, 3059),
  ...numbers("conflict", 3062, 3101, 3102, 3117, 3159, 4208, 4214, 4219, 5030, 5052, 5061, 5064, 5070, 7926),
  ...numbers("conflict", 1468, 1833, 3032, 3104, 5069),
  ...numbers("quota", 701, 802, 1101, 1105, 3257, 5149, 8645, 9002),
  ...numbers("timeout", -2, 1222),
  ...numbers("unavailable", 64, 121, 233, 596, 617, 823, 3204, 3271, 6001, 6002, 6005, 6006, 10054),
  ...numbers("unavailable", 17142, 17187, 17188, 17189, 17830, 18002, 21, 40613),
]);

/** Errors that only say "failed"; what failed stands in the token before. */
const summaries = new Set([3013, 3041, 5069, 8921, 3621, 25246]);

/** "Cannot open backup device", "Write on … failed", "Read on … failed": the operating system's number says why. */
const deviceErrors = new Set([3201, 3202, 3203, 3271, 3634, 5120, 5123, 5133]);

const kindByOsError: ReadonlyMap<number, ExternalErrorKind> = new Map([
  [2, "not_found"],
  [3, "not_found"],
  [5, "forbidden"],
  [15, "not_found"],
  [21, "unavailable"],
  [32, "conflict"],
  [33, "conflict"],
  [39, "quota"],
  [53, "not_found"],
  [64, "unavailable"],
  [67, "not_found"],
  [112, "quota"],
  [1326, "forbidden"],
  [1450, "quota"],
]);

const kindByDriverCode: ReadonlyMap<string, ExternalErrorKind> = new Map([
  ["ELOGIN", "auth"],
  ["ETIMEOUT", "timeout"],
  ["ECANCEL", "unavailable"],
  ["EENCRYPT", "invalid"],
  ["EARGS", "invalid"],
  ["EPARAM", "invalid"],
  ["ENOTOPEN", "unavailable"],
  ["ECONNCLOSED", "unavailable"],
]);

const networkCodes =
  /^(ENOTFOUND|EAI_\w+|ECONN\w+|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EPIPE|ETIMEDOUT|EACCES)$/;
/**
 * What the driver threw, as ExternalError. `providerCode` is SQL Server's number when there is one; else the driver's
 * code, or for a connection that failed: the system's (`ENOTFOUND`, `ECONNREFUSED`, `ETIMEDOUT`), one of `ETLS…`, or
 * `EHANGUP` for a server that closed it before the login was answered.
 * Works by numbers and codes: texts come in the language of the login.
 */
export function classifySqlError(error: unknown, context: SqlErrorContext = {}): ExternalError {
  if (error instanceof ExternalError) return error;
  const chain = [error, ...nested(error)];
  const message =
    chain.map(messageOf).find((text) => text !== "") ?? "Unknown error of the SQL Server driver.";

  const tokens = serverErrors(error);
  const token = tokens.find((candidate) => !summaries.has(candidate.number)) ?? tokens.at(-1);
  const canceled = chain.some((link) => codeOf(link) === "ECANCEL");
  const build = (kind: ExternalErrorKind, code: string | null, text: string, mayHaveHappened: boolean) =>
    new ExternalError({
      system: "sql_server",
      kind,
      providerCode: code,
      providerMessage: redact(text, context.secrets ?? []),
      providerRequestId: null,
      mayHaveHappened,
    });

  if (canceled) return build("unavailable", "ECANCEL", message, false);
  if (token) return build(kindOfToken(token), String(token.number), token.message, false);

  // The driver calls it ConnectionError when no connection could be made: then nothing was sent.
  const sent = nameOf(error) === "RequestError";
  const mayHaveHappened = sent && context.changes === true;
  if (chain.some((link) => codeOf(link) === "ELOGIN")) {
    const said = loginErrorCode(context.loginErrors ?? []);
    const kind = said === null ? "auth" : (kindByNumber.get(said.number) ?? "auth");
    return build(kind, said?.code ?? "ELOGIN", message, false);
  }
  for (const link of chain) {
    const code = tlsErrorCode(codeOf(link) ?? "");
    if (code !== null) return build("unavailable", code, messageOf(link), mayHaveHappened);
  }
  const network = chain.find((link) => networkCodes.test(codeOf(link) ?? ""));
  if (network) {
    // Several addresses were tried: only the last link says what happened.
    const text = message.includes("Could not connect") ? messageOf(network) : message;
    const hungUp = context.connecting === true && codeOf(network) === "ECONNRESET";
    return build("unavailable", hungUp ? "EHANGUP" : codeOf(network), text, mayHaveHappened);
  }
  if (nameOf(error) === "TimeoutError") return build("timeout", "EPOOL", message, false);

  const code = chain.map(codeOf).find((candidate) => candidate !== null && candidate !== "EREQUEST") ?? null;
  return build(kindByDriverCode.get(code ?? "") ?? "unavailable", code, message, mayHaveHappened);
}

interface ServerErrorToken {
  number: number;
  message: string;
}

/** ERROR tokens in the order the server sent them: mssql throws the last and keeps the others beside it. */
export function serverErrors(error: unknown): ServerErrorToken[] {
  const preceding = property(error, "precedingErrors");
  return [...(Array.isArray(preceding) ? preceding : []), error].flatMap((candidate: unknown) => {
    const number = property(candidate, "number");
    return typeof number === "number" ? [{ number, message: messageOf(candidate) }] : [];
  });
}

function kindOfToken(token: ServerErrorToken): ExternalErrorKind {
  if (deviceErrors.has(token.number)) {
    // `… error 5(Access is denied.)` at the end in every language; the path before it may look alike.
    const osError = [...token.message.matchAll(/(\d+)\(/g)].at(-1)?.[1];
    const kind = osError === undefined ? undefined : kindByOsError.get(Number(osError));
    return kind ?? "unavailable";
  }
  return kindByNumber.get(token.number) ?? "invalid";
}

/** Causes and wrapped originals, at most ten: driver wraps mssql wraps tedious wraps the socket. */
function nested(error: unknown): unknown[] {
  const found: unknown[] = [];
  const queue: unknown[] = [error];
  while (queue.length > 0 && found.length < 10) {
    const current = queue.shift();
    const errors = property(current, "errors");
    for (const next of [
      property(current, "originalError"),
      property(current, "cause"),
      property(current, "info"),
      ...(Array.isArray(errors) ? errors : []),
    ]) {
      if (typeof next === "object" && next !== null && !found.includes(next)) {
        found.push(next);
        queue.push(next);
      }
    }
  }
  return found;
}

function numbers(kind: ExternalErrorKind, ...list: number[]): [number, ExternalErrorKind][] {
  return list.map((number) => [number, kind]);
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function codeOf(error: unknown): string | null {
  const code = property(error, "code");
  return typeof code === "string" ? code : null;
}

function nameOf(error: unknown): string | null {
  const name = property(error, "name");
  return typeof name === "string" ? name : null;
}

function messageOf(error: unknown): string {
  const message = property(error, "message");
  return typeof message === "string" ? message : typeof error === "string" ? error : "";
}

function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => (secret === "" ? clean : clean.replaceAll(secret, "***")), text);
}
