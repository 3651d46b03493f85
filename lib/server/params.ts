import { z } from "zod";
import { BeginUploadInput } from "@/lib/contracts/browser-upload";
import { DraftBlocker, MigrationDraft } from "@/lib/contracts/migration";
import { PROBE_STEPS } from "@/lib/diagnosis/probe-ids";

/** Parameters of addresses and queries, and the small answers that no contract names. */
const id = z.string().min(1).max(100);
const instanceId = z.string().min(1).max(100);
const taskId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
/** OSS: 3 to 63 lower-case letters, digits and hyphens. */
const bucket = z.string().regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
/** OSS: at most 1023 bytes. */
const key = z.string().min(1).max(1023);

export const IdParams = z.strictObject({ id });
export const FileParams = z.strictObject({ id, fileId: id });
export const ConnectionParams = IdParams.transform((params) => ({ connectionId: params.id }));
export const InstanceParams = z.strictObject({ id, instanceId });
export const BucketParams = z.strictObject({ id, bucket });
/** Carries what the upload is, base64url: its key alone may have 1023 bytes. */
const openUpload = z.string().regex(/^[A-Za-z0-9_-]{1,4096}$/);
const bucketUpload = z.strictObject({ id, bucket, upload: openUpload });
export const BucketUploadParams = bucketUpload.transform(({ id: connectionId, ...rest }) => ({
  connectionId,
  ...rest,
}));
export const BucketPartParams = bucketUpload
  .extend({ number: z.coerce.number().int().min(1).max(10_000) })
  .transform(({ id: connectionId, ...rest }) => ({ connectionId, ...rest }));
export const UploadParams = z
  .strictObject({ id, uploadId: id })
  .transform((params) => ({ migrationId: params.id, uploadId: params.uploadId }));
export const PartParams = z
  .strictObject({ id, uploadId: id, number: z.coerce.number().int().min(1).max(10_000) })
  .transform(({ id: migrationId, ...part }) => ({ migrationId, ...part }));
export const TaskParams = z.strictObject({ taskId });

export const ObjectQuery = z.strictObject({ key });
export const ObjectsQuery = z.strictObject({
  prefix: z.string().max(1023).default(""),
  continuationToken: z.string().min(1).max(4096).nullable().default(null),
});
export const ProbesBody = z.strictObject({ step: z.enum(PROBE_STEPS) });
export const EventsQuery = z.strictObject({
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
});
/** A cursor that no history knows is no mistake: the answer is whole. */
export const ListQuery = z.object({ since: z.string().max(200).optional() });
/** Where a page is open, as its browser writes it: `https://host:port`. */
export const OriginQuery = z.strictObject({
  origin: z
    .string()
    .max(300)
    .regex(/^https?:\/\/[^/?#\s*]+$/),
});
export const TaskQuery = z.strictObject({ connectionId: id, instanceId });
export const NextFileQuery = TaskQuery.extend({ bucket, key });

export const CreateDraftBody = z.strictObject({ draft: MigrationDraft.optional() });
export const BlockerListView = z.object({ blockers: z.array(DraftBlocker) });
export const ImportAccepted = z.object({ rdsTaskId: z.string() });
export const NextFileJudged = z.object({ key });
export const OpenAccepted = z.object({ requestId: z.string().nullable() });

/**
 * Of `GET /api/migrations/:id/uploads/history`: what the source recorded of a file whose bytes cannot be read here. Not among the
 * contracts: what browsers read them with turns no text into a number.
 */
export const RecordedFileQuery = z.object({
  name: BeginUploadInput.shape.name,
  sizeBytes: z.coerce.number().pipe(BeginUploadInput.shape.sizeBytes),
});
