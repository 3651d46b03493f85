import { combineCrc64 } from "@/lib/backup/crc64";
import { AppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { UploadedPart } from "@/lib/oss/uploaded-part";
import { type PartPlan, partBytes, partCount } from "./load-upload";

export interface JoinableUpload {
  store: ObjectStore;
  part: { bucket: string; key: string; uploadId: string };
  row: PartPlan;
}

/**
 * Joins the parts to an object, if they are all there and their checksums combine to `crc64`, the file's as the browser read
 * it. Safe to ask again when an answer was lost. Throws `conflict`/`upload_differs`, ExternalError.
 */
export async function joinUpload(
  upload: JoinableUpload,
  crc64: string,
): Promise<{ outcome: "completed"; etag: string } | { outcome: "incomplete" | "differs" }> {
  const { row, store, part } = upload;
  const listed = await store.listParts(part);
  if (listed === null) {
    const joined = await findJoined(upload, crc64);
    return joined === null ? { outcome: "incomplete" } : { outcome: "completed", etag: joined.etag };
  }
  const parts = wholeParts(row, listed);
  if (parts.length !== partCount(row)) return { outcome: "incomplete" };
  const crc = combined(row, parts);
  if (crc !== null && crc !== crc64) return { outcome: "differs" };
  return { outcome: "completed", etag: await joinParts(upload, parts, crc64) };
}

function wholeParts(row: PartPlan, listed: UploadedPart[]): UploadedPart[] {
  return listed
    .filter((part) => part.sizeBytes > 0 && part.sizeBytes === partBytes(row, part.number))
    .sort((left, right) => left.number - right.number);
}

/** The checksum of the whole from those that OSS has of the parts; null when it says none. */
function combined(row: PartPlan, parts: UploadedPart[]): string | null {
  let crc = 0n;
  for (const part of parts) {
    if (part.crc64 === null) return null;
    crc = combineCrc64(crc, BigInt(part.crc64), partBytes(row, part.number));
  }
  return crc.toString();
}

async function joinParts(
  { part, store }: JoinableUpload,
  parts: UploadedPart[],
  crc64: string,
): Promise<string> {
  try {
    const answer = await store.completeUpload({
      ...part,
      parts: parts.map(({ number, etag }) => ({ number, etag })),
    });
    if (answer.crc64 !== null && answer.crc64 !== crc64) {
      // The parts were equal to the file's: what was made of them is not to be imported.
      await store.deleteObject(part);
      throw new AppError("conflict", "upload_differs", { key: part.key });
    }
    return answer.etag;
  } catch (error) {
    // OSS goes on joining when the line breaks: the object itself tells.
    const object = isExternalError(error) ? await store.headObject(part).catch(() => null) : null;
    if (object === null || object.crc64 !== crc64) throw error;
    return object.etag;
  }
}

/** An upload that OSS does not know any more may have been joined by a call whose answer was lost. */
async function findJoined(
  { part, row, store }: JoinableUpload,
  crc64: string,
): Promise<{ etag: string } | null> {
  const object = await store.headObject(part);
  const same = object !== null && object.sizeBytes === Number(row.sizeBytes) && object.crc64 === crc64;
  return same ? { etag: object.etag } : null;
}
