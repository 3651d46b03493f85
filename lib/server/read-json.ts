import { AppError } from "@/lib/diagnosis/app-error";

/** Far above any body of the API: a draft is about two kilobytes. */
export const BODY_LIMIT_BYTES = 256 * 1024;

/** A body of some kilobytes that takes longer is held open on purpose. */
const BODY_MS = 20_000;
/** Far below where walking a value would exhaust the stack, far above any body of the API. */
const DEEPEST = 64;

/**
 * The JSON of a request's body. Throws `validation` when it is not JSON, longer than the limit, nested deeper than any of ours,
 * slower than `bodyMs`, or says NUL, which PostgreSQL does not take.
 */
export async function readJson(
  request: Request,
  { limitBytes = BODY_LIMIT_BYTES, bodyMs = BODY_MS } = {},
): Promise<unknown> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new AppError("validation", "json_expected");
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) throw tooLarge(limitBytes);
  const text = decode(await readAll(request, limitBytes, bodyMs));
  if (isTooDeep(text)) throw new AppError("validation", "invalid_json");
  try {
    return JSON.parse(text, refuseNul) as unknown;
  } catch {
    throw new AppError("validation", "invalid_json");
  }
}

async function readAll(request: Request, limitBytes: number, bodyMs: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  const reader = request.body?.getReader();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    reader?.cancel().catch(() => undefined);
  }, bodyMs);
  try {
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      total += value.byteLength;
      // The length header is a claim: a chunked body has none.
      if (total > limitBytes) {
        await reader.cancel();
        throw tooLarge(limitBytes);
      }
      chunks.push(value);
    }
  } finally {
    clearTimeout(timer);
  }
  if (late) throw new AppError("validation", "body_too_slow", { seconds: Math.round(bodyMs / 1000) });
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new AppError("validation", "invalid_json");
  }
}

/** By its brackets, outside of strings: whatever walks a value later does so by recursion. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[{\]}]/gs)) {
    if (token === "[" || token === "{") depth += 1;
    else if (token === "]" || token === "}") depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

function refuseNul(key: string, value: unknown): unknown {
  if (key.includes("\0") || (typeof value === "string" && value.includes("\0"))) {
    throw new SyntaxError("NUL");
  }
  return value;
}

function tooLarge(limitBytes: number): AppError {
  return new AppError("validation", "body_too_large", { limitBytes });
}
