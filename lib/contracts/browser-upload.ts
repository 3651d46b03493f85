import { z } from "zod";
import { BACKUP_KINDS } from "@/lib/backup/backup-kind";
import { TIMELINE_JUDGES } from "@/lib/migration/vocabulary/timeline-judge";

/** 48.8 TB: what OSS takes in one multipart upload. */
const LARGEST_BYTES = 48.8e12;
const MOST_PARTS = 10_000;
const Crc64 = z.string().regex(/^\d{1,20}$/);
const PartNumber = z.number().int().min(1).max(MOST_PARTS);

/** How parts travel: `direct` from the browser to OSS, `relay` through this server. */
export const UploadWay = z.enum(["direct", "relay"]);
export type UploadWay = z.infer<typeof UploadWay>;

/** POST /api/migrations/:id/uploads: begins the upload of a file, or goes on with the one that was begun. */
export const BeginUploadInput = z.strictObject({
  name: z.string().min(1).max(255),
  sizeBytes: z.number().int().min(1).max(LARGEST_BYTES),
  /** The file's own time, milliseconds since 1970. */
  /** Within what a Date holds. */
  modifiedMs: z.number().int().min(0).max(8.64e15),
  /** Of head and tail: with name, size and time it says that a file is the same one after a reload. */
  fingerprint: z.string().regex(/^\d{1,20}-\d{1,20}$/),
  /** What the header says; null when it is not one of these. */
  type: z.enum(BACKUP_KINDS).nullable(),
});
export type BeginUploadInput = z.infer<typeof BeginUploadInput>;

export const BrowserUploadReceipt = z.object({
  sizeBytes: z.number(),
  parts: z.number(),
  /** Parts that OSS had from before a reload. */
  partsReused: z.number(),
  partsRetried: z.number(),
  elapsedMs: z.number(),
  way: UploadWay,
  crc64: Crc64,
  etag: z.string(),
});

export const BrowserUploadView = z.object({
  id: z.string(),
  name: z.string(),
  objectKey: z.string(),
  sizeBytes: z.number(),
  modifiedMs: z.number(),
  state: z.enum(["sending", "completed", "cancelled"]),
  partSize: z.number(),
  partCount: z.number(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  receipt: BrowserUploadReceipt.nullable(),
});
export type BrowserUploadView = z.infer<typeof BrowserUploadView>;

/** An upload with what OSS has of it. */
export const UploadSessionView = z.object({
  upload: BrowserUploadView,
  parts: z.array(z.object({ number: PartNumber, crc64: Crc64.nullable() })),
});
export type UploadSessionView = z.infer<typeof UploadSessionView>;

/** What a page needs to judge a file before a byte is sent. LSNs as digits. */
export const UploadListView = z.object({
  uploads: z.array(BrowserUploadView),
  database: z.string().nullable(),
  target: z
    .object({
      lsn: z.string(),
      differentialBaseGuid: z.string().nullable(),
      differentialBaseLsn: z.string().nullable(),
      lastRecoveryForkGuid: z.string().nullable(),
      familyGuid: z.string().nullable(),
    })
    .nullable(),
  /** Which timeline is meant, where the source or a person has said so. */
  known: z
    .object({
      by: z.enum(TIMELINE_JUDGES),
      familyGuid: z.string().nullable(),
      forkGuid: z.string().nullable(),
    })
    .nullable(),
  /** Headers of files that are there and not imported yet: what is dropped may continue these. */
  waiting: z.array(z.object({ name: z.string(), header: z.unknown() })),
});
export type UploadListView = z.infer<typeof UploadListView>;

/** The header as `fromHeaderJson` reads it; null: it knows none of this name and size, or could not be asked. */
export const RecordedFileView = z.object({ header: z.unknown() });
export type RecordedFileView = z.infer<typeof RecordedFileView>;

export const SIGNED_AT_ONCE = 32;
export const SignPartsInput = z.strictObject({ numbers: z.array(PartNumber).min(1).max(SIGNED_AT_ONCE) });
export const SignedPartsView = z.object({
  urls: z.array(z.object({ number: PartNumber, url: z.url() })),
  /** Counted from the answer: clocks may differ. */
  validSeconds: z.number(),
});

export const RelayedPartView = z.object({ number: PartNumber, crc64: Crc64.nullable() });

export const CompleteUploadInput = z.strictObject({
  /** Of the whole file as the browser read it. */
  crc64: Crc64,
  partsReused: z.number().int().min(0),
  partsRetried: z.number().int().min(0),
  elapsedMs: z.number().int().min(0),
  way: UploadWay,
});
export type CompleteUploadInput = z.infer<typeof CompleteUploadInput>;

/** `incomplete`: parts are missing. `differs`: what OSS has is not what the browser read; it finds out which. */
export const CompleteUploadView = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("completed"), upload: BrowserUploadView }),
  z.object({ outcome: z.literal("incomplete") }),
  z.object({ outcome: z.literal("differs") }),
]);
export type CompleteUploadView = z.infer<typeof CompleteUploadView>;

export const CorsRuleView = z.object({
  allowedOrigins: z.array(z.string()),
  allowedMethods: z.array(z.string()),
  allowedHeaders: z.array(z.string()),
  exposeHeaders: z.array(z.string()),
  maxAgeSeconds: z.number().nullable(),
});
export type CorsRuleView = z.infer<typeof CorsRuleView>;

/** What the bucket lets a page of `origin` do, and the rule that would be added. */
export const UploadAccessView = z.object({
  bucket: z.string(),
  origin: z.string(),
  /** Null: the rules could not be read, `why` says so. */
  allowed: z.boolean().nullable(),
  why: z.string().nullable(),
  rule: CorsRuleView,
  otherRules: z.number(),
  /** Takes a PUT and always refuses it: whether a browser reaches OSS at all. */
  probeUrl: z.url(),
});
export type UploadAccessView = z.infer<typeof UploadAccessView>;
