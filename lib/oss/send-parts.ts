import type { FileHandle } from "node:fs/promises";
import { AppError } from "@/lib/diagnosis/app-error";
import { ExternalError } from "@/lib/diagnosis/external-error";
import { combineCrc64, crc64 } from "./crc64";
import type { ObjectStore, UploadedPart } from "./object-store";
import type { Part } from "./plan-parts";
import { type RetryOptions, retryCall } from "./retry-call";

export interface SendPartsInput {
  store: ObjectStore;
  bucket: string;
  key: string;
  uploadId: string;
  file: FileHandle;
  parts: readonly Part[];
  /** What OSS has already. */
  present: readonly UploadedPart[];
  lanes: number;
  retry: Omit<RetryOptions, "signal" | "onRetry">;
  signal?: AbortSignal | undefined;
  onPart(part: Part): void;
}

export interface SentParts {
  etags: { number: number; etag: string }[];
  crc64: bigint;
  reused: number;
  retried: number;
}

interface Sent {
  etag: string;
  crc64: bigint;
}

/**
 * Sends the missing parts in parallel and checks every one, sent now or found, against the file by CRC-64.
 * The first failure that does not pass stops all lanes and is thrown. Memory: one part a lane.
 */
export async function sendParts(input: SendPartsInput): Promise<SentParts> {
  const stop = new AbortController();
  const signal = input.signal ? AbortSignal.any([input.signal, stop.signal]) : stop.signal;
  const present = new Map(input.present.map((part) => [part.number, part]));
  const sent = new Map<number, Sent>();
  const queue = input.parts.values();
  let reused = 0;
  let retried = 0;

  const lane = async () => {
    const longest = input.parts[0]?.sizeBytes ?? 0;
    const buffer = new Uint8Array(longest);
    for (const part of queue) {
      signal.throwIfAborted();
      const body = buffer.subarray(0, part.sizeBytes);
      await readExactly(input.file, body, part.offset);
      const own = crc64(body);
      const found = present.get(part.number);
      if (found && found.sizeBytes === part.sizeBytes && found.crc64 === own.toString()) {
        reused += 1;
        sent.set(part.number, { etag: found.etag, crc64: own });
      } else {
        const uploaded = await retryCall(() => sendOne(input, part, body, own, signal), {
          ...input.retry,
          signal,
          onRetry: () => {
            retried += 1;
          },
        });
        sent.set(part.number, { etag: uploaded.etag, crc64: own });
      }
      input.onPart(part);
    }
  };

  const lanes = Array.from({ length: Math.min(input.lanes, input.parts.length) }, () =>
    lane().catch((error: unknown) => {
      stop.abort(error);
      throw error;
    }),
  );
  const failed = (await Promise.allSettled(lanes)).some((result) => result.status === "rejected");
  if (failed) {
    input.signal?.throwIfAborted();
    throw stop.signal.reason;
  }
  return { ...collect(input.parts, sent), reused, retried };
}

async function sendOne(
  input: SendPartsInput,
  part: Part,
  body: Uint8Array,
  own: bigint,
  signal: AbortSignal,
): Promise<UploadedPart> {
  const { store, bucket, key, uploadId } = input;
  const uploaded = await store.uploadPart({ bucket, key, uploadId, number: part.number, body }, signal);
  if (uploaded.crc64 !== null && uploaded.crc64 !== own.toString()) {
    throw checksumMismatch("ChecksumMismatch", `Part ${part.number} of ${key}`, own, uploaded.crc64);
  }
  return uploaded;
}

function collect(parts: readonly Part[], sent: ReadonlyMap<number, Sent>) {
  let whole = 0n;
  const etags = parts.map((part) => {
    const one = sent.get(part.number);
    if (!one) throw new Error(`Part ${part.number} is missing although every lane finished.`);
    whole = combineCrc64(whole, one.crc64, part.sizeBytes);
    return { number: part.number, etag: one.etag };
  });
  return { etags, crc64: whole };
}

async function readExactly(file: FileHandle, target: Uint8Array, position: number): Promise<void> {
  let filled = 0;
  while (filled < target.length) {
    const { bytesRead } = await file.read(target, filled, target.length - filled, position + filled);
    if (bytesRead === 0) throw new AppError("precondition_failed", "upload_file_changed");
    filled += bytesRead;
  }
}

/** `ChecksumMismatch`: a part, which can be sent again; `ObjectChecksumMismatch`: the whole, which cannot. */
export function checksumMismatch(
  code: "ChecksumMismatch" | "ObjectChecksumMismatch",
  what: string,
  own: bigint,
  theirs: string,
): ExternalError {
  return new ExternalError({
    system: "oss",
    kind: "invalid",
    providerCode: code,
    providerMessage: `${what}: OSS has CRC-64 ${theirs}, the file has ${own}.`,
    providerRequestId: null,
    mayHaveHappened: false,
  });
}
