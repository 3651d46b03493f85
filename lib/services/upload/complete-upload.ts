import { combineCrc64 } from "@/lib/backup/crc64";
import { readBackup } from "@/lib/backup/read-backup";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { CompleteUploadInput, CompleteUploadView } from "@/lib/contracts/browser-upload";
import { AppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { objectByteSource } from "@/lib/oss/object-byte-source";
import type { UploadedPart } from "@/lib/oss/uploaded-part";
import { appendEvents } from "@/lib/store/append-events";
import type { BrowserUpload } from "@/lib/store/generated/client";
import { headerColumns } from "@/lib/store/header-columns";
import { loadOpenUpload, partBytes, partCount, type UploadPlace } from "./load-upload";
import { uploadView } from "./upload-view";

type Input = { migrationId: string; uploadId: string } & CompleteUploadInput;
type Open = Awaited<ReturnType<typeof loadOpenUpload>>;

/**
 * Joins the parts to an object, if they are all there and their checksums combine to the file's as the browser read it,
 * then files the object in the migration. Safe to ask again when an answer was lost.
 */
export async function completeUpload({ ctx, input }: Use<Input>): Promise<CompleteUploadView> {
  requireRole(ctx.actor, "operator");
  const done = await ctx.db.browserUpload.findFirst({
    where: { id: input.uploadId, migrationId: input.migrationId, state: "completed" },
  });
  if (done) return { outcome: "completed", upload: uploadView(done) };
  const open = await loadOpenUpload(ctx, input);
  const { row, store, part } = open;
  const listed = await store.listParts(part);
  const joined = listed === null ? await findJoined(open, input.crc64) : null;
  if (listed === null && joined === null) return { outcome: "incomplete" };
  let etag = joined?.etag ?? "";
  if (listed !== null) {
    const parts = wholeParts(row, listed);
    if (parts.length !== partCount(row)) return { outcome: "incomplete" };
    const crc = combined(row, parts);
    if (crc !== null && crc !== input.crc64) return { outcome: "differs" };
    etag = await joinParts(open, parts, input.crc64);
  }
  return { outcome: "completed", upload: await fileObject(ctx, open, input, etag) };
}

function wholeParts(row: BrowserUpload, listed: UploadedPart[]): UploadedPart[] {
  return listed
    .filter((part) => part.sizeBytes > 0 && part.sizeBytes === partBytes(row, part.number))
    .sort((left, right) => left.number - right.number);
}

/** The checksum of the whole from those that OSS has of the parts; null when it says none. */
function combined(row: BrowserUpload, parts: UploadedPart[]): string | null {
  let crc = 0n;
  for (const part of parts) {
    if (part.crc64 === null) return null;
    crc = combineCrc64(crc, BigInt(part.crc64), partBytes(row, part.number));
  }
  return crc.toString();
}

async function joinParts({ part, store }: Open, parts: UploadedPart[], crc64: string): Promise<string> {
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
async function findJoined({ part, row, store }: Open, crc64: string): Promise<{ etag: string } | null> {
  const object = await store.headObject(part);
  const same = object !== null && object.sizeBytes === Number(row.sizeBytes) && object.crc64 === crc64;
  return same ? { etag: object.etag } : null;
}

/** The receipt, the file as one that was found, and a nudge for the step that waits for it. */
async function fileObject(ctx: Ctx, open: Open, input: Input, etag: string) {
  const { row, migration } = open;
  const columns = await readColumns(open);
  const now = ctx.now();
  const sizeBytes = Number(row.sizeBytes);
  const { crc64, partsReused, partsRetried, elapsedMs, way } = input;
  const receipt = {
    etag,
    crc64,
    sizeBytes,
    parts: partCount(row),
    partsReused,
    partsRetried,
    elapsedMs,
    way,
  };
  const upload = await ctx.db.$transaction(async (tx) => {
    const taken = await tx.browserUpload.updateMany({
      where: { id: row.id, state: "sending" },
      data: { state: "completed", etag, crc64, receipt, finishedAt: now },
    });
    const after = await tx.browserUpload.findUniqueOrThrow({ where: { id: row.id } });
    if (taken.count === 0) return after;
    const key = { migrationId: migration.id, objectKey: row.objectKey };
    const known = await tx.backupFile.findUnique({ where: { migrationId_objectKey: key } });
    // The engine may have found the object already, and be further with it.
    if (known) await tx.backupFile.update({ where: { id: known.id }, data: { crc64, receipt } });
    else if (columns !== null) {
      await tx.backupFile.create({
        data: {
          ...columns,
          ...key,
          id: ctx.newId(),
          name: row.name,
          sizeBytes: row.sizeBytes,
          state: "uploaded",
          uploadedAt: now,
          etag,
          crc64,
          receipt,
        },
      });
    }
    await appendEvents(tx, {
      migrationId: migration.id,
      actor: ctx.actor.name,
      at: now,
      events: [
        {
          type: "upload_finished",
          payload: { file: row.name, sizeBytes, parts: receipt.parts, crc64 },
        },
      ],
    });
    await tx.migrationStep.updateMany({
      where: { migrationId: migration.id, kind: "find_file", status: "waiting_for_backup" },
      data: { dueAt: null },
    });
    return after;
  });
  ctx.wake();
  return uploadView(upload);
}

/** What the object's own header says; null leaves an unreadable one to the engine, which says why. */
async function readColumns({ bucket, store, row }: UploadPlace & { row: BrowserUpload }) {
  const source = objectByteSource(store, bucket, row.objectKey, Number(row.sizeBytes));
  const reading = await readBackup(source);
  const set = reading.ok && reading.complete ? reading.sets[0] : undefined;
  return set ? headerColumns(set) : null;
}
