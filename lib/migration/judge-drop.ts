import type { BackupReading, BackupSet } from "@/lib/backup/header";
import { assessChain } from "@/lib/chain/assess-chain";
import type { ChainTarget, KnownIdentity } from "@/lib/chain/verdict";
import { type FileProblem, isSpent, judgeReading } from "./judge-reading";

/** What a file that somebody wants to send is for this migration, by its header. */
export type DropJudgement =
  | { verdict: "continues"; set: BackupSet }
  /** It may fit once what is missing before it has come. */
  | { verdict: "early"; set: BackupSet; problem: FileProblem }
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
  const { name, target, database } = input;
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
