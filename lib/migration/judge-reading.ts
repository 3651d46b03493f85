import type { BackupReading, BackupSet } from "@/lib/backup/header";
import { formatLsn } from "@/lib/backup/lsn";
import { assessChain } from "@/lib/chain/assess-chain";
import type { ChainProblem, ChainTarget, ChainVerdict, KnownIdentity } from "@/lib/chain/verdict";
import type { FileProblemKind } from "./vocabulary/file-problem";

export type FileProblem = Omit<ChainProblem, "kind"> & { kind: FileProblemKind };

/** What a file that was read whole is for this migration. */
export type Judgement =
  | { verdict: "continues"; set: BackupSet }
  /** Nothing in it that the target lacks: not submitted, not an error. */
  | { verdict: "superfluous"; set: BackupSet; problem: FileProblem }
  | { verdict: "refused"; set: BackupSet | null; problem: FileProblem };

/** What one file is for this migration, by its header alone. */
export type Inspection = { reading: BackupReading } & (Judgement | { verdict: "incomplete" });

/** Judges one file by its header against what the target holds; `target` null: nothing is restored yet. */
export function judgeReading(input: {
  reading: BackupReading;
  name: string;
  target: ChainTarget | null;
  database: string | null;
  /** Which timeline is meant, where the source or a person has said so. */
  known?: KnownIdentity | null;
}): Inspection {
  const { reading, name, target, database, known = null } = input;
  return judgeSingle(reading, name, (set) => judgeSet({ set, name, target, database, known }));
}

/** What must be true of a file before its one set is worth a judgement: readable, whole, one set, one stripe. */
export function judgeSingle(
  reading: BackupReading,
  name: string,
  judge: (set: BackupSet) => Judgement,
): Inspection {
  if (!reading.ok) {
    const problem: ChainProblem = { kind: "unreadable", file: name, message: reading.error.message };
    return { verdict: "refused", set: null, reading, problem };
  }
  if (!reading.complete) return { verdict: "incomplete", reading };
  const [set, ...others] = reading.sets;
  if (!set || others.length > 0) {
    const message = `${name} holds ${reading.sets.length} backup sets; RDS takes files with one. ${separately(reading.sets)}`;
    return {
      verdict: "refused",
      set: set ?? null,
      reading,
      problem: { kind: "several-sets", file: name, message },
    };
  }
  if (set.family.count > 1) {
    const message = `${name} is stripe ${set.family.sequence} of ${set.family.count}; RDS takes one file a backup. Back up to a single file.`;
    return { verdict: "refused", set, reading, problem: { kind: "missing-stripe", file: name, message } };
  }
  return { ...judge(set), reading };
}

/** What makes up for a file of several sets: the source has let go of a log once it is backed up, so there is no second time. */
function separately(sets: readonly BackupSet[]): string {
  const last = sets.findLast(({ type }) => type === "log");
  if (last === undefined) return "Back up again with FORMAT, INIT.";
  const end = last.lastLsn === null ? "it" : `LSN ${formatLsn(last.lastLsn)}`;
  return `A log cannot be backed up a second time: take a differential with FORMAT, INIT, which ends behind ${end} and bridges it.`;
}

/** Judges a file of one set, whose header is known, against what the target holds. */
function judgeSet(input: {
  set: BackupSet;
  name: string;
  target: ChainTarget | null;
  database: string | null;
  known: KnownIdentity | null;
}): Judgement {
  const { set, name, target, database, known } = input;
  const verdict = assessChain({ files: [{ name, complete: true, set }], from: target, database, known });
  return judgementOf(verdict, { label: name, name, set, target });
}

/** What a verdict on a pile says of one of its files; `label` is how the pile names it, `name` how people do. */
export function judgementOf(
  verdict: Pick<ChainVerdict, "order" | "problems">,
  file: { label: string; name: string; set: BackupSet; target: ChainTarget | null },
): Judgement {
  const { label, name, set, target } = file;
  if (verdict.order[0] === label) return { verdict: "continues", set };
  const found =
    verdict.problems.find((problem) => problem.file === label) ??
    verdict.problems.find(({ kind }) => kind === "gap" || kind === "no-full");
  const problem = found && { ...found, file: name, message: found.message.replaceAll(label, name) };
  // A full where a log was due is never harmless: whoever put it there meant something else.
  if (
    target !== null &&
    set.type === "full" &&
    problem?.kind !== "fork" &&
    problem?.kind !== "wrong-database"
  )
    return { verdict: "refused", set, problem: fullInsteadOfLog(name, target.lsn) };
  if (verdict.order.includes(label)) return { verdict: "refused", set, problem: waitsForOthers(file) };
  if (!problem) {
    const message = `${name} holds nothing that the target lacks.`;
    return { verdict: "superfluous", set, problem: { kind: "not-needed", file: name, message } };
  }
  return { verdict: isSpent(problem) ? "superfluous" : "refused", set, problem };
}

/** It fits, but only once others of the pile have been restored. */
function waitsForOthers({ name, set, target }: { name: string; set: BackupSet; target: ChainTarget | null }) {
  const message = `${name} can be restored only after others that lie here.`;
  if (target === null || set.firstLsn === null) return { kind: "no-full" as const, file: name, message };
  return { kind: "gap" as const, file: name, fromLsn: target.lsn, toLsn: set.firstLsn, message };
}

/** The target has it already, or can do without: nothing is wrong. */
export function isSpent(problem: Pick<FileProblem, "kind"> | undefined): boolean {
  return problem?.kind === "not-needed" || problem?.kind === "duplicate" || problem?.kind === "too-early";
}

export function fullInsteadOfLog(name: string, lsn: bigint): FileProblem {
  return {
    kind: "full-instead-of-log",
    file: name,
    fromLsn: lsn,
    message: `${name} is a full backup; the target waits for a log backup that begins at or before LSN ${formatLsn(lsn)}, or a newer differential.`,
  };
}
