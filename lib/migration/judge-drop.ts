import type { BackupReading, BackupSet, SealedFile } from "@/lib/backup/header";
import { assessChain } from "@/lib/chain/assess-chain";
import type { ChainTarget, KnownIdentity } from "@/lib/chain/verdict";
import { type FileProblem, isSpent, judgeReading } from "./judge-reading";
import { isSeal, type Seal } from "./vocabulary/witness";

/** What a file that somebody wants to send is for this migration, by its header. */
export type DropJudgement =
  | { verdict: "continues"; set: BackupSet }
  /** It may fit once what is missing before it has come. */
  | { verdict: "early"; set: BackupSet; problem: FileProblem }
  /** It cannot be read here: a person says whether it is sent, and others what it is once it is there. */
  | { verdict: "unread"; set: null; seal: Seal }
  | { verdict: "unneeded"; set: BackupSet; problem: FileProblem }
  | { verdict: "refused"; set: BackupSet | null; problem: FileProblem };

/** A name that no file can have. */
const DROPPED = "/dropped";

/**
 * Judges a file before a byte of it is sent: against what the target holds and against `others`, files that are there
 * or on their way and not restored yet.
 */
export function judgeDrop(input: {
  reading: BackupReading;
  name: string;
  target: ChainTarget | null;
  database: string | null;
  /** Which timeline is meant, where somebody has said so. */
  known?: KnownIdentity | null;
  others: readonly { name: string; set: BackupSet }[];
}): DropJudgement {
  const { reading, name, target, database } = input;
  if (!reading.ok && isSeal(reading.error.code)) return judgeSealed(reading.error.code, reading.sealed, name);
  const alone = judgeReading(input);
  switch (alone.verdict) {
    case "incomplete":
      return { verdict: "refused", set: null, problem: { kind: "incomplete", file: name, message: "" } };
    case "continues":
      return { verdict: "continues", set: alone.set };
    case "superfluous":
      return { verdict: "unneeded", set: alone.set, problem: alone.problem };
    case "refused": {
      const { set, problem } = alone;
      const single = set !== null && set.family.count === 1 && problem.kind !== "several-sets";
      if (!single || problem.kind === "full-instead-of-log") {
        return { verdict: "refused", set, problem };
      }
      const files = [...input.others.filter((other) => other.set.family.count === 1), { name: DROPPED, set }];
      const verdict = assessChain({
        files: files.map((file) => ({ ...file, complete: true })),
        from: target,
        database,
        known: input.known ?? null,
      });
      if (verdict.order.includes(DROPPED)) return { verdict: "continues", set };
      const found = verdict.problems.find((candidate) => candidate.file === DROPPED) ?? problem;
      if (isSpent(found)) return { verdict: "unneeded", set, problem: found };
      const early = found.kind === "gap" || found.kind === "no-full";
      return { verdict: early ? "early" : "refused", set, problem: found };
    }
  }
}

/** Refused is what the sealed file itself shows: cut off, or more than one set in it. */
function judgeSealed(seal: Seal, sealed: SealedFile | undefined, name: string): DropJudgement {
  if (sealed && !sealed.complete)
    return { verdict: "refused", set: null, problem: { kind: "incomplete", file: name, message: "" } };
  if (sealed && sealed.setCount > 1)
    return { verdict: "refused", set: null, problem: { kind: "several-sets", file: name, message: "" } };
  return { verdict: "unread", set: null, seal };
}
