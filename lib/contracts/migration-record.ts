import { z } from "zod";

export const RECORD_FORMAT = "chainferry-record";

/** A fact with the hash of itself and of all before it; null where it was written before there were hashes. */
export const RecordedEvent = z.object({
  seq: z.number().int(),
  type: z.string(),
  payload: z.unknown(),
  actor: z.string(),
  at: z.iso.datetime(),
  hash: z.string().nullable(),
});
export type RecordedEvent = z.infer<typeof RecordedEvent>;

/** Everything that is kept of a migration, as a file that can be verified without the product's store. */
export const MigrationRecord = z.object({
  format: z.literal(RECORD_FORMAT),
  version: z.literal(1),
  exportedAt: z.iso.datetime(),
  /** Of Chainferry. */
  program: z.string(),
  migrationId: z.string(),
  /** The migration as its page shows it: choices, steps, files with LSNs, cutover. */
  migration: z.record(z.string(), z.unknown()),
  events: z.array(RecordedEvent),
  /** The last fact. Its hash, on paper, is what a later file is compared with. */
  head: z.object({ seq: z.number().int(), hash: z.string().nullable() }).nullable(),
  /** SHA-256 in hex of all the rest. */
  digest: z.string(),
});
export type MigrationRecord = z.infer<typeof MigrationRecord>;

export interface RecordProblem {
  /**
   * `edited`: a fact does not agree with its hash. `removed`: facts are missing before this one. `truncated`: the last fact
   * is not the head. `record_edited`: something beside the facts was changed. `other_head`: not the head that was asked for.
   */
  kind: "edited" | "removed" | "truncated" | "record_edited" | "other_head";
  /** The fact; null where it is about the whole. */
  seq: number | null;
}

export interface RecordVerdict {
  ok: boolean;
  migrationId: string;
  /** Facts in the file, and how many of them carry a hash. */
  events: number;
  covered: number;
  head: { seq: number; hash: string | null } | null;
  problems: RecordProblem[];
}
