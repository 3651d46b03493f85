import { z } from "zod";

export const AUDIT_OUTCOMES = ["done", "refused", "failed"] as const;

/** What of the audit is wanted; an empty text or null: all. */
export const AuditFilter = z.strictObject({
  /** Part of a person's name. */
  person: z.string().max(100).default(""),
  /** Part of what was done, or of what it is about. */
  action: z.string().max(200).default(""),
  outcome: z.enum(AUDIT_OUTCOMES).nullable().default(null),
  /** Days, `2026-05-04`, in UTC, both included; null: any. */
  from: z.iso.date().nullable().default(null),
  to: z.iso.date().nullable().default(null),
});
export type AuditFilter = z.infer<typeof AuditFilter>;
export const AUDIT_FORMATS = ["csv", "jsonl"] as const;
/** What of it as a file. `jsonl`: an entry a line, for what collects logs. */
export const AuditExportQuery = z.strictObject({
  ...AuditFilter.shape,
  format: z.enum(AUDIT_FORMATS).default("csv"),
});
export type AuditExportQuery = z.infer<typeof AuditExportQuery>;
/** A page: entries before that number, the newest first; empty: from the newest of all. */
export const AuditQuery = z.strictObject({
  ...AuditFilter.shape,
  before: z.string().max(9).default(""),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

export const AuditEntryView = z.object({
  seq: z.number(),
  at: z.iso.datetime(),
  actor: z.string(),
  role: z.string(),
  address: z.string(),
  action: z.string(),
  subject: z.string(),
  outcome: z.enum(AUDIT_OUTCOMES),
  /** What changed or why not, as JSON; empty: nothing more is told. */
  detail: z.string(),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;
export const AuditPageView = z.object({
  entries: z.array(AuditEntryView),
  /** Where the next page begins; null: this is the last. */
  next: z.number().nullable(),
});
export type AuditPageView = z.infer<typeof AuditPageView>;

/** Whether each entry is as it was written. `head`: the hash of the last one that is; `brokenAt`: the first that is not. */
export const AuditVerified = z.object({
  entries: z.number(),
  head: z.string().nullable(),
  brokenAt: z.number().nullable(),
});
