/**
 * What a file is, or what is missing. These spoil a verdict:
 * - `no-full`: nothing to begin with, so nothing more is said of the other files.
 * - `gap`: the LSNs between `fromLsn` (reached) and `toLsn` (where `file`, the next log, begins) are in no log. One for
 *   each missing range; logs behind a gap have no problem of their own. Without `file`: a full where a log was due.
 * - `fork`: a log or differential of a recovery path that the restore does not go (4330).
 * - `wrong-base`: a differential on a full that is neither here nor on the target (3136).
 * - `wrong-database`: by family GUID (3154), by name only where a header has none.
 * - `missing-stripe`: a member of a striped set of which another is not here (3132); the set as a whole is `incomplete`.
 * - `incomplete`: still being written or uploaded, or a striped set without all its members.
 * - `unreadable`: no backup, no LSNs, or damaged pages in it.
 *
 * The restore does without these, so they do not spoil it:
 * - `too-early`: ends where the first full, or the target, has got already (4326, 3120).
 * - `duplicate`: the same set under another name; the shorter name counts, then the first in code unit order.
 * - `not-needed`: would fit, but the restore gets as far without it; empty logs; backups of a part of the database.
 */
export const PROBLEM_KINDS = [
  "gap",
  "no-full",
  "incomplete",
  "duplicate",
  "not-needed",
  "too-early",
  "wrong-database",
  "wrong-base",
  "fork",
  "missing-stripe",
  "unreadable",
] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];
