import { createHash } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import type { BucketFiles } from "./bucket-files";
import { Crc64 } from "./crc64";
import { OssError } from "./oss-error";
import type { Blob } from "./records";

/** Chunks are gathered up to this many bytes before they go to disk in one call. */
const WRITE_BYTES = 1024 * 1024;

export interface ReceivedBlob {
  blob: Blob;
  /** MD5 in upper-case hex between quotes, as OSS writes the ETag of a part or a simple object. */
  etag: string;
  crc64: bigint;
}

/** Throws OssError InvalidDigest when the header is there and is not the base64 of `md5`. */
function assertContentMd5(request: IncomingMessage, md5: Buffer): void {
  const claimed = request.headers["content-md5"];
  if (claimed === undefined) return;
  const claim = Buffer.from(String(claimed), "base64");
  if (claim.length !== 16) {
    throw new OssError("InvalidDigest", { message: "The Content-MD5 you specified is not valid." });
  }
  if (!claim.equals(md5)) throw new OssError("InvalidDigest");
}

async function writeAll(handle: FileHandle, chunks: Uint8Array[]): Promise<void> {
  let rest: Uint8Array[] = chunks;
  while (rest.length > 0) {
    let { bytesWritten } = await handle.writev(rest);
    rest = rest.flatMap((chunk) => {
      const written = Math.min(bytesWritten, chunk.length);
      bytesWritten -= written;
      return written === chunk.length ? [] : [chunk.subarray(written)];
    });
  }
}

/**
 * Streams a request body into a new blob, hashing on the way: memory stays flat whatever the size. Throws OssError for a
 * bad Content-MD5, a missing length or a body that ends early; nothing stays on disk then.
 */
export async function receiveBlob(
  bucket: BucketFiles,
  request: IncomingMessage,
  limitBytes: number,
): Promise<ReceivedBlob> {
  const declared = request.headers["content-length"];
  if (declared === undefined && request.headers["transfer-encoding"] === undefined) {
    throw new OssError("MissingContentLength");
  }
  if (declared !== undefined && Number(declared) > limitBytes) throw new OssError("EntityTooLarge");
  const claim = (received: { sizeBytes: number; md5: Buffer }) => {
    if (declared !== undefined && Number(declared) !== received.sizeBytes)
      throw new OssError("IncompleteBody");
    assertContentMd5(request, received.md5);
  };
  return storeBlob(bucket, request as AsyncIterable<Buffer>, limitBytes, claim);
}

/** Writes bytes as a new blob, hashing on the way. Nothing stays on disk when `claim` or the bytes throw. */
export async function storeBlob(
  bucket: BucketFiles,
  bytes: AsyncIterable<Uint8Array>,
  limitBytes: number,
  claim: (received: { sizeBytes: number; md5: Buffer }) => void,
): Promise<ReceivedBlob> {
  const file = bucket.nextBlobFile();
  const path = bucket.blobPath(file);
  const handle = await open(path, "w");
  try {
    const md5 = createHash("md5");
    const crc64 = new Crc64();
    let sizeBytes = 0;
    let waiting: Uint8Array[] = [];
    let waitingBytes = 0;
    for await (const chunk of bytes) {
      md5.update(chunk);
      crc64.update(chunk);
      sizeBytes += chunk.length;
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (sizeBytes > limitBytes) throw new OssError("EntityTooLarge");
      if (waitingBytes >= WRITE_BYTES) {
        await writeAll(handle, waiting);
        waiting = [];
        waitingBytes = 0;
      }
    }
    await writeAll(handle, waiting);
    const digest = md5.digest();
    claim({ sizeBytes, md5: digest });
    await handle.close();
    return {
      blob: { file, sizeBytes },
      etag: `"${digest.toString("hex").toUpperCase()}"`,
      crc64: crc64.digest(),
    };
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  }
}

/** Reads a small XML body into memory, its Content-MD5 checked. Throws OssError EntityTooLarge over 2 MB. */
export async function receiveXml(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > 2 * 1024 * 1024) throw new OssError("EntityTooLarge");
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  assertContentMd5(request, createHash("md5").update(body).digest());
  return body;
}
