import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { BeginUploadInput, UploadSessionView } from "@/lib/contracts/browser-upload";
import { objectKeyFor } from "@/lib/migration/object-name";
import { partSizeFor } from "@/lib/oss/plan-parts";
import type { BrowserUpload } from "@/lib/store/generated/client";
import { loadPlace, partBytes, type UploadPlace } from "./load-upload";
import { uploadView } from "./upload-view";

/**
 * Begins the upload of a file, or goes on with the one that was begun for exactly this file: name, size, time, head and
 * tail. Answers with the parts that OSS has. A file of the same name that is another one gets an object of its own.
 */
export async function beginUpload({
  ctx,
  input,
}: Use<{ migrationId: string; file: BeginUploadInput }>): Promise<UploadSessionView> {
  requireRole(ctx.actor, "operator");
  const place = await loadPlace(ctx, input.migrationId);
  const known = await findKnown(ctx, place, input.file);
  const row = known ?? (await createRow(ctx, place, input.file));
  if (row.state === "completed") {
    if (await isStillThere(place, row)) return { upload: uploadView(row), parts: [] };
  }
  return openSession(ctx, place, row);
}

function sameFileOf(file: BeginUploadInput): string {
  return `${file.name}|${file.sizeBytes}|${file.modifiedMs}|${file.fingerprint}`;
}

function findKnown(ctx: Ctx, { migration }: UploadPlace, file: BeginUploadInput) {
  return ctx.db.browserUpload.findFirst({
    where: { migrationId: migration.id, sameFile: sameFileOf(file) },
    orderBy: { createdAt: "desc" },
  });
}

async function createRow(ctx: Ctx, place: UploadPlace, file: BeginUploadInput): Promise<BrowserUpload> {
  const migrationId = place.migration.id;
  const sameFile = sameFileOf(file);
  const plain = objectKeyFor(place.migration.prefix ?? "", file.name, file.type);
  const objectKey = (await isTaken(ctx, place, plain)) ? markedKey(plain, file.fingerprint) : plain;
  // Two pages may ask at the same moment: both get the one row.
  return ctx.db.browserUpload.upsert({
    where: { migrationId_objectKey_sameFile: { migrationId, objectKey, sameFile } },
    create: {
      id: ctx.newId(),
      migrationId,
      name: file.name,
      objectKey,
      sizeBytes: BigInt(file.sizeBytes),
      modifiedMs: BigInt(file.modifiedMs),
      sameFile,
      partSize: partSizeFor(file.sizeBytes),
      state: "sending",
    },
    update: {},
  });
}

/** An object that RDS may be reading is never written over. */
async function isTaken(ctx: Ctx, { migration, bucket, store }: UploadPlace, key: string): Promise<boolean> {
  const [rows, files, object] = [
    await ctx.db.browserUpload.count({ where: { migrationId: migration.id, objectKey: key } }),
    await ctx.db.backupFile.count({ where: { migrationId: migration.id, objectKey: key } }),
    await store.headObject({ bucket, key }),
  ];
  return rows > 0 || files > 0 || object !== null;
}

/** `orders/Sales.bak` of another content: `orders/Sales_4f2a91c0.bak`. */
function markedKey(key: string, fingerprint: string): string {
  const [head = "0", tail = "0"] = fingerprint.split("-");
  const mark = (BigInt(head) ^ (BigInt(tail) << 1n)).toString(16).slice(-8).padStart(8, "0");
  const dot = key.lastIndexOf(".");
  return `${key.slice(0, dot)}_${mark}${key.slice(dot)}`;
}

async function isStillThere({ bucket, store }: UploadPlace, row: BrowserUpload): Promise<boolean> {
  const object = await store.headObject({ bucket, key: row.objectKey });
  return (
    object !== null &&
    object.sizeBytes === Number(row.sizeBytes) &&
    (object.crc64 === null || object.crc64 === row.crc64)
  );
}

/** What OSS has; an upload that OSS knows nothing of (never begun, expired, aborted) begins anew. */
async function openSession(ctx: Ctx, place: UploadPlace, row: BrowserUpload): Promise<UploadSessionView> {
  const { bucket, store } = place;
  const object = { bucket, key: row.objectKey };
  if (row.state === "sending" && row.uploadId !== null) {
    const found = await store.listParts({ ...object, uploadId: row.uploadId });
    if (found !== null) {
      const parts = found
        .filter((part) => part.sizeBytes === partBytes(row, part.number))
        .map(({ number, crc64 }) => ({ number, crc64 }));
      return { upload: uploadView(row), parts };
    }
  }
  const { uploadId } = await store.startUpload(object);
  const data = { uploadId, state: "sending", finishedAt: null, crc64: null, etag: null };
  const taken = await ctx.db.browserUpload.updateMany({
    where: { id: row.id, state: row.state, uploadId: row.uploadId },
    data,
  });
  const now = await ctx.db.browserUpload.findUniqueOrThrow({ where: { id: row.id } });
  if (taken.count === 1) return { upload: uploadView(now), parts: [] };
  // Somebody else was faster: theirs counts.
  await store.abortUpload({ ...object, uploadId });
  return openSession(ctx, place, now);
}
