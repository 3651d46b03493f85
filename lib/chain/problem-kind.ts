/**
 * What a file is, or what is missing. These spoil a verdict:
 * - `no-full`: nothing to begin with, so nothing more is said of the other files of the timeline.
 * - `gap`: the LSNs between `fromLsn` (reached) and `toLsn` (where `file`, the next log that can follow, begins) are in no
 *   log. One for each missing range; logs behind a gap have no problem of their own. Without `file`: a full where a log
 *   was due.
 * - `ambiguous`: with `file`: nothing proves whose it is, or on which full it builds. Without: several timelines, or
 *   several databases of one name, and nothing tells which of them lives.
 * - `missing-stripe`: a member of a striped set of which another is not here (3132); the set as a whole is `incomplete`.
 * - `incomplete`: still being written or uploaded, or a striped set without all its members.
 *
 * These where the restore does not get past them:
 * - `fork`: of a recovery path that the restore does not go (4330). Of an abandoned timeline it spoils nothing.
 * - `wrong-base`: a differential on a full that is neither here nor on the target (3136).
 * - `unreadable`: no backup, no LSNs, or damaged pages in it.
 *
 * The restore does without these, so they do not spoil it:
 * - `wrong-database`: by family GUID (3154), by recovery fork, by name only where a header has neither.
 * - `too-early`: ends where the first full, or the target, has got already (4326, 3120).
 * - `duplicate`: the same set under another name; the shorter name counts, then the first in code unit order.
 * - `not-needed`: would fit, but the restore gets as far without it; empty logs; backups of a part of the database.
 */
export const PROBLEM_KINDS = [
  "gap",
  "no-full",
  "ambiguous",
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
