import type { ReadableStream } from "node:stream/web";
import { z } from "zod";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type {
  BrowserUploadView,
  CompleteUploadInput,
  CompleteUploadView,
  UploadSessionView,
} from "@/lib/contracts/browser-upload";
import type { BeginBucketUploadInput } from "@/lib/contracts/bucket";
import { AppError } from "@/lib/diagnosis/app-error";
import { objectKeyFor } from "@/lib/migration/object-name";
import { partSizeFor } from "@/lib/oss/plan-parts";
import { loadConnection } from "@/lib/store/load-connection";
import { type JoinableUpload, joinUpload } from "../upload/join-upload";
import { partCount } from "../upload/load-upload";
import { relayInto } from "../upload/relay-part";

/** Where a file of no migration goes. */
interface BucketPlace {
  connectionId: string;
  bucket: string;
}

/** An upload that is under way: no row is kept of it, so its page carries what it is. */
type OpenUpload = BucketPlace & { upload: string };

const Token = z.strictObject({
  key: z.string().min(1).max(1023),
  uploadId: z.string().min(1).max(256),
  name: z.string().min(1).max(255),
  sizeBytes: z.number().int().min(1),
  modifiedMs: z.number(),
  partSize: z.number().int().min(1),
  createdAt: z.iso.datetime(),
});
type Token = z.infer<typeof Token>;

/**
 * Begins the upload of a file into a bucket, whatever migration it may be for. Throws `conflict`/`object_exists` where an
 * object lies under its name: RDS may be reading it. ExternalError.
 */
export async function beginBucketUpload({
  ctx,
  input,
}: Use<BucketPlace & { file: BeginBucketUploadInput }>): Promise<UploadSessionView> {
  requireRole(ctx.actor, "operator");
  const { bucket, file } = input;
  const { prefix, ...facts } = file;
  const store = await openStore(ctx, input);
  const key = objectKeyFor(prefix, file.name);
  if ((await store.headObject({ bucket, key })) !== null)
    throw new AppError("conflict", "object_exists", { key, bucket });
  const { uploadId } = await store.startUpload({ bucket, key });
  const createdAt = ctx.now().toISOString();
  const token = { ...facts, key, uploadId, partSize: partSizeFor(file.sizeBytes), createdAt };
  return { upload: viewOf(token, null), parts: [] };
}

/** Passes one part on as it comes. Throws `validation`, ExternalError. */
export async function relayBucketPart({
  ctx,
  input,
}: Use<
  OpenUpload & { number: number; sizeBytes: number; body: ReadableStream<Uint8Array>; signal: AbortSignal }
>): Promise<{ number: number; crc64: string | null }> {
  requireRole(ctx.actor, "operator");
  return relayInto((await openUpload(ctx, input)).open, input);
}

/** Joins the parts where they are all there and combine to the file's checksum as the browser read it. */
export async function completeBucketUpload({
  ctx,
  input,
}: Use<OpenUpload & CompleteUploadInput>): Promise<CompleteUploadView> {
  requireRole(ctx.actor, "operator");
  const { open, token } = await openUpload(ctx, input);
  const { crc64, partsReused, partsRetried, elapsedMs, way, bucket } = input;
  const joined = await joinUpload(open, crc64);
  if (joined.outcome !== "completed") return joined;
  const { key, sizeBytes } = token;
  ctx.log.info({ actor: ctx.actor.name, bucket, key, sizeBytes, crc64 }, "object uploaded");
  const told = { etag: joined.etag, crc64, sizeBytes, partsReused, partsRetried, elapsedMs, way };
  const receipt = { ...told, parts: partCount(open.row) };
  return { outcome: "completed", upload: viewOf(token, { receipt, at: ctx.now() }) };
}

/** Gives an upload up: OSS forgets its parts. */
export async function cancelBucketUpload({ ctx, input }: Use<OpenUpload>): Promise<void> {
  requireRole(ctx.actor, "operator");
  const { open } = await openUpload(ctx, input);
  await open.store.abortUpload(open.part);
}

async function openStore(ctx: Ctx, { connectionId }: BucketPlace) {
  const { id } = await loadConnection(ctx.db, connectionId, "cloud_account");
  return ctx.clients.objects(id);
}

async function openUpload(ctx: Ctx, input: OpenUpload): Promise<{ open: JoinableUpload; token: Token }> {
  const token = readToken(input.upload);
  const { key, uploadId, sizeBytes, partSize } = token;
  const part = { bucket: input.bucket, key, uploadId };
  const store = await openStore(ctx, input);
  return { open: { store, part, row: { sizeBytes: BigInt(sizeBytes), partSize } }, token };
}

function viewOf(
  token: Token,
  done: { receipt: NonNullable<BrowserUploadView["receipt"]>; at: Date } | null,
): BrowserUploadView {
  const { key, name, sizeBytes, modifiedMs, partSize, createdAt } = token;
  return {
    id: Buffer.from(JSON.stringify(token)).toString("base64url"),
    name,
    objectKey: key,
    sizeBytes,
    modifiedMs,
    state: done ? "completed" : "sending",
    partSize,
    partCount: partCount({ sizeBytes: BigInt(sizeBytes), partSize }),
    createdAt,
    finishedAt: done?.at.toISOString() ?? null,
    receipt: done?.receipt ?? null,
  };
}

/** It proves nothing and opens nothing: whoever may upload may do so under any key. */
function readToken(upload: string): Token {
  try {
    const parsed = Token.safeParse(JSON.parse(Buffer.from(upload, "base64url").toString("utf8")));
    if (parsed.success) return parsed.data;
  } catch {
    // Told below.
  }
  throw new AppError("not_found", "upload_not_found");
}
