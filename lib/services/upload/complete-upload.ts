import { readBackup } from "@/lib/backup/read-backup";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { CompleteUploadInput, CompleteUploadView } from "@/lib/contracts/browser-upload";
import { objectByteSource } from "@/lib/oss/object-byte-source";
import { appendEvents } from "@/lib/store/append-events";
import type { BrowserUpload } from "@/lib/store/generated/client";
import { headerColumns } from "@/lib/store/header-columns";
import { joinUpload } from "./join-upload";
import { loadOpenUpload, partCount, type UploadPlace } from "./load-upload";
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
  const joined = await joinUpload(open, input.crc64);
  if (joined.outcome !== "completed") return joined;
  return { outcome: "completed", upload: await fileObject(ctx, open, input, joined.etag) };
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
