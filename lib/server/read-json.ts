import { AppError } from "@/lib/diagnosis/app-error";

/** Far above any body of the API: a draft is about two kilobytes. */
export const BODY_LIMIT_BYTES = 256 * 1024;

/** The JSON of a request's body. Throws `validation` when it is not JSON or longer than the limit. */
export async function readJson(request: Request, limitBytes = BODY_LIMIT_BYTES): Promise<unknown> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new AppError("validation", "json_expected");
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) throw tooLarge(limitBytes);
  const chunks: Uint8Array[] = [];
  let total = 0;
  const reader = request.body?.getReader();
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
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks))) as unknown;
  } catch {
    throw new AppError("validation", "invalid_json");
  }
}

function tooLarge(limitBytes: number): AppError {
  return new AppError("validation", "body_too_large", { limitBytes });
}
