import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { AppError } from "@/lib/diagnosis/app-error";
import type { JoinableUpload } from "./join-upload";
import { loadOpenUpload, partBytes } from "./load-upload";

/**
 * Passes one part on to OSS as it comes in, for browsers that do not reach OSS. Memory stays flat: the sender is held
 * back by what OSS takes. Throws `validation` when the length is not the part's.
 */
export async function relayPart({
  ctx,
  input,
}: Use<{
  migrationId: string;
  uploadId: string;
  number: number;
  sizeBytes: number;
  body: ReadableStream<Uint8Array>;
  signal: AbortSignal;
}>): Promise<{ number: number; crc64: string | null }> {
  requireRole(ctx.actor, "operator");
  return relayInto(await loadOpenUpload(ctx, input), input);
}

/** The same for an upload that is open. */
export async function relayInto(
  { row, store, part }: JoinableUpload,
  input: { number: number; sizeBytes: number; body: ReadableStream<Uint8Array>; signal: AbortSignal },
): Promise<{ number: number; crc64: string | null }> {
  const { number, sizeBytes, signal } = input;
  const expected = partBytes(row, number);
  if (expected === 0) throw new AppError("validation", "upload_part_unknown", { number });
  if (sizeBytes !== expected) {
    throw new AppError("validation", "upload_part_length", { number, expected, sizeBytes });
  }
  const body = Readable.fromWeb(input.body);
  try {
    const { crc64 } = await store.browser.relayPart({ ...part, number, sizeBytes, body }, signal);
    return { number, crc64 };
  } finally {
    body.destroy();
  }
}
