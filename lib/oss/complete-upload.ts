import { isExternalError } from "@/lib/diagnosis/external-error";
import { checksumMismatch } from "./checksum-mismatch";
import { isTransient, type RetryOptions, retryCall } from "./retry-call";
import type { PartTarget } from "./send-part";

/**
 * Makes the object of its parts and compares the whole with the file by CRC-64; returns its ETag. OSS goes on completing
 * when the connection breaks, so after a failure the object is looked for first. Throws ExternalError;
 * `ObjectChecksumMismatch` when the object is not the file: then it has been deleted.
 */
export async function completeUpload(
  target: PartTarget,
  parts: { number: number; etag: string }[],
  expected: { sizeBytes: number; crc64: bigint },
  retry: RetryOptions,
): Promise<string> {
  const { store, bucket, key, uploadId } = target;
  const crc = expected.crc64.toString();
  const look = async () => {
    const found = await store.headObject({ bucket, key });
    return found && found.sizeBytes === expected.sizeBytes && found.crc64 === crc ? found.etag : null;
  };
  return retryCall(async () => {
    try {
      const answer = await store.completeUpload({ bucket, key, uploadId, parts });
      if (answer.crc64 === crc) return answer.etag;
      if (answer.crc64 === null) return (await look()) ?? answer.etag;
      // An answer may be garbled on its way like anything else: the object itself decides.
      const etag = await look();
      if (etag !== null) return etag;
      await store.deleteObject({ bucket, key });
      throw checksumMismatch("ObjectChecksumMismatch", `The object ${key}`, expected.crc64, answer.crc64);
    } catch (error) {
      const etag = isTransient(error) || isUploadGone(error) ? await look() : null;
      if (etag !== null) return etag;
      throw error;
    }
  }, retry);
}

/** OSS does not know the upload any more: completed, aborted, or expired. */
export function isUploadGone(error: unknown): boolean {
  return isExternalError(error) && error.fields.providerCode === "NoSuchUpload";
}

/** OSS has other parts than were named to it. */
export function isPartUnknown(error: unknown): boolean {
  return isExternalError(error) && error.fields.providerCode === "InvalidPart";
}
