import type { ReadableStream } from "node:stream/web";
import { AppError } from "@/lib/diagnosis/app-error";

/** A body to pass on unread, with the length that its sender claims. Throws `validation` without either. */
export function readBodyStream(request: Request): { body: ReadableStream<Uint8Array>; sizeBytes: number } {
  const sizeBytes = Number(request.headers.get("content-length") ?? Number.NaN);
  if (request.body === null || !Number.isSafeInteger(sizeBytes)) {
    throw new AppError("validation", "body_length_expected");
  }
  return { body: request.body as ReadableStream<Uint8Array>, sizeBytes };
}
