import { describe, expect, inject, it } from "vitest";
import { makeRandomPile } from "@/bench/random-pile";
import { isBackupKind } from "@/lib/backup/backup-kind";
import type { BackupSet } from "@/lib/backup/header";
import { assessChain } from "./assess-chain";
import { exhaust, type Restored, restorable, restore } from "./reference-restore-fixture";
import type { ChainFile, ChainTarget, ChainVerdict } from "./verdict";

const PILES = inject("long") ? 3_000 : 600;
const SEED = 1_000_000;

/** The set that a label of the verdict stands for. */
function setsByLabel(files: readonly ChainFile[]): Map<string, BackupSet> {
  const sets = new Map<string, BackupSet>();
  for (const { name, set } of files) {
    sets.set(`${name}#${set.position}`, set);
    if (set.position === 1) sets.set(name, set);
  }
  return sets;
}

function setOf(label: string, sets: Map<string, BackupSet>): BackupSet {
  const set = sets.get(label.split("+")[0] ?? "");
  if (set === undefined) throw new Error(`No set ${label}`);
  return set;
}

/** All states along the order, the given one first. */
function play(order: readonly string[], sets: Map<string, BackupSet>, from: Restored | null): Restored[] {
  const states = from ? [from] : [];
  for (const label of order) {
    const answer = restore(states.at(-1) ?? null, setOf(label, sets));
    if ("error" in answer) throw new Error(`${label} is refused with ${answer.error}`);
    states.push(answer.state);
  }
  return states;
}

function targetOf(state: Restored): ChainTarget {
  return {
    lsn: state.lsn,
    differentialBaseGuid: state.baseGuid,
    differentialBaseLsn: state.baseLsn,
    lastRecoveryForkGuid: state.fork,
  };
}

/** The fork of the newest backup, by the times alone. */
function newestFork(files: readonly ChainFile[]): string | null {
  const newest = files.toSorted((a, b) => ((a.set.startedAt ?? "") < (b.set.startedAt ?? "") ? 1 : -1))[0];
  return newest?.set.lastRecoveryForkGuid ?? null;
}

function hasBase(differential: BackupSet, sets: Map<string, BackupSet>): boolean {
  return [...sets.values()].some(
    (full) =>
      full.type === "full" &&
      (full.backupSetGuid === differential.differentialBaseGuid ||
        full.checkpointLsn === differential.differentialBaseLsn),
  );
}

/** Whether there is more of a fork than backups of parts, which no chain is made of. */
function isBackedUp(files: readonly ChainFile[], fork: string | undefined): boolean {
  return files.some(({ set }) => set.lastRecoveryForkGuid === fork && isBackupKind(set.type));
}

/** What the verdict says of files it refuses, against what SQL Server answers at every state of the restore. */
function contradictions(verdict: ChainVerdict, sets: Map<string, BackupSet>, states: Restored[]): string[] {
  const found: string[] = [];
  const start = states[0];
  const end = states.at(-1);
  const living = verdict.identity.livingForkGuid;
  for (const { kind, file, fromLsn, toLsn } of verdict.problems) {
    if (file === undefined || start === undefined || end === undefined) continue;
    const says = `${kind} ${file}`;
    const set = sets.get(file.split("+")[0] ?? "");
    if (set === undefined) found.push(`${says}: no such file`);
    else if (kind === "too-early" || kind === "wrong-base" || kind === "fork") {
      const errors = states.map((state) => {
        const answer = restore(state, set);
        return "error" in answer ? answer.error : 0;
      });
      if (kind === "too-early" && ![4326, 3120, 3136].includes(errors[0] ?? 0)) found.push(says);
      if (kind === "too-early" && (set.lastLsn ?? 0n) > start.lsn) found.push(says);
      if (kind === "wrong-base" && errors.some((error) => error !== 3136)) found.push(says);
      // On the other path lies another full too, and differentials on it.
      const elsewhere =
        set.type === "differential" && (hasBase(set, sets) || set.lastRecoveryForkGuid !== end.fork);
      if (kind === "fork" && !elsewhere && errors.at(-1) === 3136) found.push(`${says} ${errors}`);
      // Before the living fork began, SQL Server would take the one that was left as well.
      const isLeft = end.fork !== living && set.lastRecoveryForkGuid !== living;
      if (kind === "fork" && errors.at(-1) === 0 && !isLeft) found.push(`${says} ${errors}`);
    } else if (kind === "gap") {
      const answer = restore({ ...end, lsn: fromLsn ?? 0n, fork: null }, set);
      if (!("error" in answer) || answer.error !== 4305 || set.firstLsn !== toLsn) found.push(says);
    }
  }
  return found;
}

describe("assessChain, against every sequence of restores", () => {
  const piles = Array.from({ length: PILES }, (_, i) => makeRandomPile(SEED + i, 9));

  it("gets furthest on the newest timeline with the fewest restores, from nothing and from any state on the way", () => {
    for (const [i, { files, database }] of piles.entries()) {
      const sets = setsByLabel(files);
      const verdict = assessChain({ files, database });
      const strangers = new Set(
        verdict.problems.filter(({ kind }) => kind === "wrong-database").map(({ file }) => file),
      );
      const own = files.filter(
        ({ name, set }) => !strangers.has(name) && !strangers.has(`${name}#${set.position}`),
      );
      expect(new Set(own.map(({ set }) => set.familyGuid)).size, `pile ${i}`).toBeLessThanOrEqual(1);
      const states = play(verdict.order, sets, null);
      const fork = newestFork(own) ?? undefined;
      if (fork !== undefined) expect(verdict.identity.livingForkGuid, `pile ${i}`).toBe(fork);
      const best = exhaust(restorable(own), null, fork);
      const reached = { lsn: verdict.reachedLsn, restores: verdict.order.length };
      // Where no sequence gets onto the living timeline, the verdict must say so.
      if (best === null) expect(verdict.ok && isBackedUp(own, fork), `pile ${i}`).toBe(false);
      else expect(reached, `pile ${i}`).toEqual(best);
      expect(states.at(-1)?.lsn ?? null, `pile ${i}`).toBe(verdict.reachedLsn);
      expect(contradictions(verdict, sets, states), `pile ${i}`).toEqual([]);
      const from = states[i % Math.max(1, states.length)];
      if (from === undefined) continue;
      const onward = assessChain({ files, database: "Sales", from: targetOf(from) });
      if (own.some(({ set }) => set.databaseName !== "Sales")) continue;
      const furthest = exhaust(restorable(own), from, fork);
      if (furthest === null)
        expect(onward.ok && isBackedUp(own, fork), `pile ${i} from ${from.lsn}`).toBe(false);
      else
        expect(
          { lsn: onward.reachedLsn, restores: onward.order.length },
          `pile ${i} from ${from.lsn}`,
        ).toEqual(furthest);
      expect(contradictions(onward, sets, play(onward.order, sets, from)), `pile ${i}, onward`).toEqual([]);
    }
  });
});
