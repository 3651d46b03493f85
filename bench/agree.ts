import type { BackupReading, BackupSet } from "@/lib/backup/header";
import { assessChain } from "@/lib/chain/assess-chain";
import type { ChainFile, ChainProblem, ChainTarget, ChainVerdict } from "@/lib/chain/verdict";
import { judgeImport } from "@/sandbox/rds/import-verdict";
import { applyBackupSet, type RestoreOutcome, type RestoreTarget } from "@/sandbox/rds/restore-rules";
import { makeRandomPile } from "./random-pile";

const MAX_STEPS = 24;
const MAX_SHOWN = 10;
const DATABASE_VERSION = 957;

interface Tally {
  /** Restores that the verdict planned and the sandbox took. */
  restored: number;
  /** Files that the sandbox refused as the verdict said, by the kind of problem and SQL Server's error. */
  refused: Record<string, number>;
  disagreements: string[];
}

/**
 * Whether the verdict on a chain and the sandbox's RDS agree, pile by random pile: what is in the order is restored one
 * after the other up to the LSN reached, from nothing and from any state on the way, and what has a problem is refused
 * with SQL Server's error. Neither knows the other.
 */
export function benchAgree({ piles, seed }: { piles: number; seed: number }) {
  const tally: Tally = { restored: 0, refused: {}, disagreements: [] };
  let files = 0;
  for (let i = 0; i < piles; i += 1) {
    const pile = makeRandomPile(seed * 1_000_003 + i, MAX_STEPS);
    files += pile.files.length;
    const found = new Agreement(pile.files, tally);
    const states = found.check(assessChain(pile), null);
    const from = states[i % Math.max(1, states.length)];
    if (from) found.check(assessChain({ ...pile, from: chainTarget(from) }), from);
    for (const what of found.disagreements) tally.disagreements.push(`pile ${i}: ${what}`);
  }
  return { piles, seed, files, ...tally, disagreements: tally.disagreements.slice(0, MAX_SHOWN) };
}

function chainTarget(target: RestoreTarget): ChainTarget {
  return {
    lsn: target.redoLsn,
    differentialBaseGuid: target.fullGuid,
    differentialBaseLsn: target.fullCheckpointLsn,
    lastRecoveryForkGuid: target.forkGuid,
  };
}

/** The errors of SQL Server that each kind of problem stands for; 0 is RDS's own check of the file. */
const ERRORS: Partial<Record<ChainProblem["kind"], readonly number[]>> = {
  "too-early": [4326, 3120, 3136],
  "wrong-base": [3136],
  // A target that was restored from a copy-only full has no base, as far as anybody knows.
  ambiguous: [3136],
  // By family, or of a copy of the database under another name, by whatever it does not fit.
  "wrong-database": [3154, 3182, 4330, 4326, 4305, 3136, 3120, 3117],
  "missing-stripe": [3132],
  unreadable: [3182, 3241],
  gap: [4305],
  // A log that follows one of another fork begins too late, a differential there has another base, and a full is none
  // for a database that is being restored.
  fork: [4330, 4326, 4305, 3136, 3120, 3117],
  duplicate: [4326, 3120, 3136, 3117, 4305, 4330, 3182],
  "not-needed": [4326, 3120, 3136, 3117, 3182],
};

class Agreement {
  readonly disagreements: string[] = [];
  private readonly files = new Map<string, ChainFile>();

  constructor(
    files: readonly ChainFile[],
    private readonly tally: Tally,
  ) {
    for (const file of files) {
      this.files.set(`${file.name}#${file.set.position}`, file);
      if (file.set.position === 1) this.files.set(file.name, file);
    }
  }

  /** Returns the states of the restore, the given one first. */
  check(verdict: ChainVerdict, from: RestoreTarget | null): RestoreTarget[] {
    const states = this.restore(verdict, from);
    const last = states.at(-1);
    if ((last?.redoLsn ?? null) !== verdict.reachedLsn)
      this.disagreements.push(`the restore ends at ${last?.redoLsn}, the verdict at ${verdict.reachedLsn}`);
    const named = new Set(verdict.order.flatMap((label) => label.split("+")));
    for (const problem of verdict.problems) {
      if (problem.kind !== "incomplete" || this.fileOf(problem.file)?.complete === false)
        this.checkRefusal(problem, verdict, states);
      for (const label of problem.file?.split("+") ?? []) named.add(label);
    }
    for (const [label, file] of this.files) {
      const isNamed =
        named.has(label) || named.has(file.name) || named.has(`${file.name}#${file.set.position}`);
      if (!isNamed) this.checkUnnamed(label, file, last ?? null);
    }
    return states;
  }

  private restore(verdict: ChainVerdict, from: RestoreTarget | null): RestoreTarget[] {
    const states = from ? [from] : [];
    for (const label of verdict.order) {
      const outcome = this.apply(label, states.at(-1) ?? null);
      if (!outcome.ok) {
        this.disagreements.push(`${label} was to be restored: ${outcome.number} ${outcome.message}`);
        break;
      }
      this.tally.restored += 1;
      states.push(outcome.target);
    }
    return states;
  }

  private checkRefusal(problem: ChainProblem, verdict: ChainVerdict, states: RestoreTarget[]): void {
    const { kind, file: label } = problem;
    const file = this.fileOf(label);
    if (label === undefined || file === undefined) return;
    if (kind === "incomplete") {
      const judged = importOf(file, states.at(-1) ?? null);
      if (judged.ok || judged.step !== "check") this.disagreements.push(`${label} is not whole, yet taken`);
      else this.count(kind, 0);
      return;
    }
    // A copy of one member of a striped set, the others of which may not be here.
    if (kind === "duplicate" && file.set.family.count > 1) return;
    const state = this.stateOf(problem, file.set, states);
    const outcome = this.apply(label, state, kind === "missing-stripe");
    if (kind === "fork") this.checkFork(label, verdict, states);
    if (outcome.ok) {
      // Where the target was before the fork either way is open to it; checkFork looks at what comes of it.
      if (kind === "fork" && state !== states.at(-1)) return;
      // So it is at the end, where the restore did not get onto the living timeline: that says which way is the wrong one.
      const { livingForkGuid: living } = verdict.identity;
      const isLeft = state?.forkGuid !== living && file.set.lastRecoveryForkGuid !== living;
      if (isLeft && (kind === "fork" || kind === "duplicate")) return;
      const isAsFork = kind === "fork" || kind === "duplicate";
      if (isAsFork && state !== null && isTakenByLsn(file.set, state)) return;
      // RESTORE knows no names: what is of a copy under another name it would take.
      if (kind === "wrong-database" && file.set.familyGuid === state?.familyGuid) return;
      // Onto nothing any full can be restored, and applying an empty log changes nothing.
      if (state === null && kind === "wrong-database") return;
      if (file.set.firstLsn === file.set.lastLsn) return;
      this.disagreements.push(`${label} is ${kind}, yet restored onto ${state?.redoLsn}`);
      return;
    }
    const expected = [...(ERRORS[kind] ?? []), ...(state === null ? [3118] : [])];
    if (expected.includes(outcome.number)) this.count(kind, outcome.number);
    else
      this.disagreements.push(`${label} is ${kind}, yet refused with ${outcome.number} at ${state?.redoLsn}`);
  }

  /** Of two ways only one can be gone: whoever takes the log of the other fork can't go on with the order. */
  private checkFork(label: string, { order }: ChainVerdict, states: RestoreTarget[]): void {
    const offset = order.length - (states.length - 1);
    states.forEach((state, i) => {
      const outcome = this.apply(label, state);
      const next = order[i + offset];
      if (!outcome.ok || next === undefined) return;
      const rest = order.slice(i + offset);
      let target: RestoreTarget | null = outcome.target;
      for (const each of rest) {
        const next = this.fileOf(each)?.set;
        if (target !== null && next && isTakenByLsn(next, target)) return;
        const onward: RestoreOutcome = target === null ? outcome : this.apply(each, target);
        target = onward.ok ? onward.target : null;
        if (target === null) return;
      }
      this.disagreements.push(`${label} is on another fork, yet all the rest follows it`);
    });
  }

  /** What nothing is said of lies behind a gap, or waits for a full backup. */
  private checkUnnamed(label: string, file: ChainFile, last: RestoreTarget | null): void {
    const outcome = this.apply(label, last);
    if (outcome.ok) this.disagreements.push(`${label} is not in the verdict, yet restored`);
    else if (last !== null && outcome.number !== 4305)
      this.disagreements.push(`${label}, a ${file.set.type}, is not in the verdict: ${outcome.number}`);
    else this.count("behind", outcome.number);
  }

  /** The state at which the problem shows: at the start what is too early, at a gap's beginning what comes after it. */
  private stateOf(
    { kind, fromLsn }: ChainProblem,
    set: BackupSet,
    states: RestoreTarget[],
  ): RestoreTarget | null {
    const last = states.at(-1) ?? null;
    if (kind === "fork") return states.findLast(({ redoLsn }) => redoLsn < (set.lastLsn ?? 0n)) ?? last;
    if (kind === "too-early") return states[0] ?? null;
    return kind === "gap" && last && fromLsn !== undefined ? { ...last, redoLsn: fromLsn } : last;
  }

  /** RESTORE with all members of a striped set; RDS must say the same of a file of its own. */
  private apply(label: string, target: RestoreTarget | null, isMissing = false): RestoreOutcome {
    const file = this.fileOf(label);
    if (file === undefined) throw new Error(`No file ${label}`);
    const { count } = file.set.family;
    const server = { databaseVersion: DATABASE_VERSION, families: isMissing ? count - 1 : count };
    const outcome = applyBackupSet(target, file.set, server);
    const judged = count > 1 || !file.complete ? outcome : importOf(file, target);
    if (judged.ok !== outcome.ok) this.disagreements.push(`${label}: RDS and its SQL Server disagree`);
    return outcome;
  }

  private fileOf(label: string | undefined): ChainFile | undefined {
    return label === undefined ? undefined : this.files.get(label.split("+")[0] ?? "");
  }

  private count(kind: string, number: number): void {
    const key = `${kind} ${number}`;
    this.tally.refused[key] = (this.tally.refused[key] ?? 0) + 1;
  }
}

/**
 * A differential's header says where its fork began, and not which fork that left: where that is another one than the
 * target is on, the sandbox has only LSNs to go by, and takes more than SQL Server would.
 */
function isTakenByLsn(set: BackupSet, target: RestoreTarget): boolean {
  return (
    set.type === "differential" && set.lastRecoveryForkGuid !== target.forkGuid && set.forkPointLsn !== null
  );
}

function importOf({ name, set, complete }: ChainFile, target: RestoreTarget | null) {
  return judgeImport({
    fileName: name,
    fileBytes: 1,
    reading: readingOf(set, complete),
    databaseName: "sales",
    isEncrypted: false,
    target,
    databaseVersion: DATABASE_VERSION,
    freeBytes: Number.MAX_SAFE_INTEGER,
    databaseExists: false,
    databaseCount: 0,
    maxDatabases: 50,
  });
}

function readingOf(set: BackupSet, complete: boolean): BackupReading {
  return { ok: true, container: "mtf", complete, sets: [set], reads: 1, bytesRead: 1, sizeBytes: 1 };
}
