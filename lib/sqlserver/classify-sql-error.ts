import { ExternalError, type ExternalErrorKind } from "@/lib/diagnosis/external-error";
import { SQL_SERVER_CODES } from "@/lib/diagnosis/sql-server-errors";
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
  const ours = chain.find((link) => link instanceof ExternalError);
  if (ours) return ours;
  const message =
    chain.map(messageOf).find((text) => text !== "") ?? "Unknown error of the SQL Server driver.";

  const tokens = serverErrors(error);
  const token = tokens.find((candidate) => !summaries.has(candidate.number)) ?? tokens.at(-1);
  const canceled = chain.some((link) => codeOf(link) === "ECANCEL");
  // The driver calls it ConnectionError when no connection could be made: then nothing was sent.
  const mayHaveHappened = nameOf(error) === "RequestError" && context.changes === true;
  const build = (kind: ExternalErrorKind, code: string | null, text: string, maybe: boolean) =>
    new ExternalError({
      system: "sql_server",
      kind,
      providerCode: code,
      providerMessage: redact(text, context.secrets ?? []),
      providerRequestId: null,
      mayHaveHappened: maybe,
    });

  // A server acknowledges an attention also when the batch was done by then: only what was never sent has not happened.
  // MS-TDS, Attention.
  if (canceled) return build("unavailable", "ECANCEL", message, mayHaveHappened);
  if (token) return build(kindOfToken(token), String(token.number), token.message, false);

  if (chain.some((link) => codeOf(link) === "ELOGIN")) {
    const said = loginErrorCode(context.loginErrors ?? []);
    const kind = said === null ? "auth" : (kindOf(String(said.number)) ?? "auth");
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
  return build(kindOf(code ?? "") ?? "unavailable", code, message, mayHaveHappened);
}

function kindOf(code: string): ExternalErrorKind | null {
  return SQL_SERVER_CODES.get(code)?.kind ?? null;
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
  return kindOf(String(token.number)) ?? "invalid";
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
