import { z } from "zod";

/** POST /api/connections/:id/buckets: a Standard, private, unencrypted bucket. */
export const CreateBucketInput = z.strictObject({
  name: z.string().max(200),
  /** `cn-hangzhou`: RDS reads only buckets of its own region. */
  regionId: z.string().regex(/^[a-z0-9-]{2,40}$/),
});
export type CreateBucketInput = z.infer<typeof CreateBucketInput>;

/** What of a migration still lies in its bucket. */
export const LeftoverView = z.object({
  bucket: z.string(),
  /** Null: it may be cleaned up. Else why not yet: text `cleanup.wait.<key>`. */
  waitsFor: z.enum(["running", "importing"]).nullable(),
  objects: z.array(
    z.object({
      key: z.string(),
      sizeBytes: z.number(),
      /** `upload`: a multipart upload that was never ended; its parts are charged. */
      kind: z.enum(["object", "original", "upload"]),
      uploadId: z.string().nullable(),
    }),
  ),
  totalBytes: z.number(),
  /** Objects of the bucket that this migration knows nothing of; at most 1000 are counted. */
  others: z.number(),
});
export type LeftoverView = z.infer<typeof LeftoverView>;

/** POST /api/migrations/:id/cleanup */
export const CleanUpInput = z.strictObject({
  keys: z.array(z.string().min(1).max(1023)).max(100_000),
  abortUploads: z.boolean(),
  /** Only when nothing else is in it. */
  deleteBucket: z.boolean(),
  /** Must equal the bucket's name when it is to be deleted. */
  confirmName: z.string(),
});
export type CleanUpInput = z.infer<typeof CleanUpInput>;

export const CleanUpView = z.object({
  deleted: z.number(),
  deletedBytes: z.number(),
  aborted: z.number(),
  bucketDeleted: z.boolean(),
});
export type CleanUpView = z.infer<typeof CleanUpView>;

/** POST /api/connections/:id/buckets/:bucket/uploads: a file for the bucket, of no migration. */
export const BeginBucketUploadInput = z.strictObject({
  /** Folder and name before the file's own: `sales/`. */
  prefix: z.string().max(800),
  name: z.string().min(1).max(255),
  sizeBytes: z.number().int().min(1).max(48.8e12),
  modifiedMs: z.number().int().min(0).max(8.64e15),
});
export type BeginBucketUploadInput = z.infer<typeof BeginBucketUploadInput>;

/** POST /api/connections/:id/buckets/:bucket/objects/delete */
export const DeleteObjectInput = z.strictObject({
  key: z.string().min(1).max(1023),
  /** Must equal the key's last part: typed by who deletes. */
  confirmName: z.string(),
});
export type DeleteObjectInput = z.infer<typeof DeleteObjectInput>;

/** `migrations`: how many have a file of this key; each of them has the deletion in its record. */
export const DeleteObjectView = z.object({ sizeBytes: z.number(), migrations: z.number() });
export type DeleteObjectView = z.infer<typeof DeleteObjectView>;
