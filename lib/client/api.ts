import type { z } from "zod";
import { localProblem, parseProblem } from "./api-problem";
import { proving } from "./proving";

const READ_TIMEOUT_MS = 30_000;
const SEND_TIMEOUT_MS = 90_000;

/** GET of JSON, checked by its schema. Throws `ApiProblem`; an aborted call throws the abort itself. */
export function apiGet<T>(
  path: string,
  schema: z.ZodType<T>,
  options: { signal?: AbortSignal } = {},
): Promise<T> {
  return call(path, { method: "GET" }, schema, READ_TIMEOUT_MS, options.signal);
}

/** A write: JSON in, JSON out (`z.null()` for an empty answer). Where it wants the password again, the
 * person is asked, and it is sent again. Throws `ApiProblem`. */
export function apiSend<T>(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body: unknown,
  schema: z.ZodType<T>,
  options: { signal?: AbortSignal } = {},
): Promise<T> {
  const init: RequestInit = { method };
  if (body !== undefined && body !== null) {
    init.body = JSON.stringify(body);
    init.headers = { "content-type": "application/json" };
  }
  return call(path, init, schema, SEND_TIMEOUT_MS, options.signal);
}

async function call<T>(
  path: string,
  init: RequestInit,
  schema: z.ZodType<T>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<T> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const response = await fetch(path, {
    ...init,
    cache: "no-store",
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw timeout.aborted
      ? localProblem("external_timeout", "timed_out", 0, error)
      : localProblem("external_failure", "offline", 0, error);
  });
  const body = await readJson(response);
  if (!response.ok) {
    const problem = parseProblem(response.status, body);
    if (problem.reason === "sign_in_needed" && !proving.left)
      location.assign(`/sign-in?next=${location.pathname}`);
    if (problem.status === 401 && (await proving.ask?.(problem))) {
      return call(path, init, schema, timeoutMs, signal);
    }
    throw problem;
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw localProblem("internal", "unexpected_answer", response.status, parsed.error);
  return parsed.data;
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch((error: unknown) => {
    throw localProblem("external_failure", "offline", 0, error);
  });
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
