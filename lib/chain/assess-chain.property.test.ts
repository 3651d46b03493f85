import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BackupSet } from "@/lib/backup/header";
import { fromHeaderJson } from "@/lib/backup/header-json";
import { assessChain } from "./assess-chain";
import { targetAfter } from "./target-after";
import type { ChainFile, ChainTarget } from "./verdict";

const FORKS = ["R1", "R2", null];
const GUIDS = ["A", "B", "C", null];
const lsn = fc.integer({ min: 1, max: 40 });

/** Any header at all, from so few LSNs, forks and bases that they often meet. */
const anyFile: fc.Arbitrary<ChainFile> = fc
  .record({
    name: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"),
    complete: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    type: fc.constantFrom("full", "differential", "log", "log", "log", "log"),
    first: lsn,
    length: fc.integer({ min: 0, max: 12 }),
    checkpointLsn: lsn,
    backupSetGuid: fc.constantFrom(...GUIDS),
    differentialBaseGuid: fc.constantFrom(...GUIDS),
    differentialBaseLsn: fc.option(lsn),
    firstRecoveryForkGuid: fc.constantFrom(...FORKS),
    lastRecoveryForkGuid: fc.constantFrom(...FORKS),
    forkPointLsn: fc.option(lsn),
    copyOnly: fc.boolean(),
    family: fc.constantFrom(
      { sequence: 1, count: 1 },
      { sequence: 1, count: 1 },
      { sequence: 1, count: 2 },
      { sequence: 2, count: 2 },
    ),
  })
  .map(({ name, complete, first, length, ...fields }) => {
    const differential = fields.type === "differential";
    const set = fromHeaderJson({
      ...fields,
      firstLsn: first,
      lastLsn: first + length,
      databaseName: "Sales",
    });
    const base = differential ? {} : { differentialBaseGuid: null, differentialBaseLsn: null };
    const fork = fields.type === "log" ? {} : { firstRecoveryForkGuid: set.lastRecoveryForkGuid };
    return { name, complete, set: { ...set, ...base, ...fork } };
  });

/** Names are what people see: two files never share one. */
const pile = fc.uniqueArray(anyFile, { maxLength: 9, selector: ({ name }) => name });

const target: fc.Arbitrary<ChainTarget | null> = fc.option(
  fc
    .tuple(lsn, fc.constantFrom(...GUIDS), fc.option(lsn), fc.constantFrom(...FORKS))
    .map(([reached, differentialBaseGuid, base, lastRecoveryForkGuid]): ChainTarget => {
      const differentialBaseLsn = base === null ? null : BigInt(base);
      return { lsn: BigInt(reached), differentialBaseGuid, differentialBaseLsn, lastRecoveryForkGuid };
    }),
);

/** SQL Server's rules, one restore at a time: what the product must agree with. */
function accepts(state: ChainTarget | null, set: BackupSet): boolean {
  const { type, firstLsn, lastLsn, firstRecoveryForkGuid, lastRecoveryForkGuid, forkPointLsn } = set;
  if (lastLsn === null || firstLsn === null) return false;
  if (state === null) return type === "full";
  if (type === "full" || lastLsn <= state.lsn) return false;
  const fork = state.lastRecoveryForkGuid ?? null;
  if (type === "log") {
    if (firstLsn > state.lsn) return false;
    if (fork !== null && firstRecoveryForkGuid !== null && fork !== firstRecoveryForkGuid) return false;
    const crosses = firstRecoveryForkGuid !== lastRecoveryForkGuid && forkPointLsn !== null;
    return !crosses || state.lsn <= forkPointLsn;
  }
  const guids = [state.differentialBaseGuid ?? null, set.differentialBaseGuid];
  const lsns = [state.differentialBaseLsn ?? null, set.differentialBaseLsn];
  const sameBase = guids.includes(null) ? lsns[0] !== null && lsns[0] === lsns[1] : guids[0] === guids[1];
  const sameFork = fork === null || lastRecoveryForkGuid === null || fork === lastRecoveryForkGuid;
  return sameBase && (sameFork || (forkPointLsn !== null && state.lsn <= forkPointLsn));
}

/** Tries everything, breadth first: the furthest LSN and the fewest restores to it. */
function exhaust(sets: BackupSet[], from: ChainTarget | null): { lsn: bigint | null; steps: number } {
  const key = (state: ChainTarget | null): string =>
    state === null
      ? ""
      : `${state.lsn} ${state.differentialBaseGuid} ${state.differentialBaseLsn} ${state.lastRecoveryForkGuid}`;
  const seen = new Set([key(from)]);
  let states = [from];
  let best: { lsn: bigint | null; steps: number } = { lsn: from?.lsn ?? null, steps: 0 };
  for (let steps = 1; states.length > 0; steps += 1) {
    const next: (ChainTarget | null)[] = [];
    for (const state of states) {
      for (const set of sets) {
        if (!accepts(state, set)) continue;
        const after = targetAfter(state, set);
        if (best.lsn === null || after.lsn > best.lsn) best = { lsn: after.lsn, steps };
        if (!seen.has(key(after))) next.push(after);
        seen.add(key(after));
      }
    }
    states = next;
  }
  return best;
}

const whole = ({ complete, set }: ChainFile): boolean => complete && set.family.count === 1;

describe("assessChain, for any pile", () => {
  it("restores as far, in as few steps, as trying everything does", () => {
    fc.assert(
      fc.property(pile, target, (files, from) => {
        const singles = files.filter(whole);
        const verdict = assessChain({ files: singles, from });
        const best = exhaust(
          singles.map(({ set }) => set),
          from,
        );
        expect(verdict.reachedLsn).toBe(best.lsn);
        expect(verdict.order).toHaveLength(best.steps);
      }),
      { numRuns: 1_000, seed: 20260101 },
    );
  });

  it("gives an order in which SQL Server takes every file", () => {
    fc.assert(
      fc.property(pile, target, (files, from) => {
        const { order, reachedLsn } = assessChain({ files, from });
        let state = from;
        for (const label of order) {
          const file = files.find(({ name }) => name === label.split("+")[0]);
          expect(file && accepts(state, file.set)).toBe(true);
          if (file) state = targetAfter(state, file.set);
        }
        expect(reachedLsn).toBe(state?.lsn ?? null);
      }),
      { numRuns: 600, seed: 20260102 },
    );
  });

  it("does not depend on the order of the files", () => {
    const shuffled = pile.chain((files) =>
      fc.tuple(fc.constant(files), fc.shuffledSubarray(files, { minLength: files.length })),
    );
    fc.assert(
      fc.property(shuffled, target, ([files, others], from) => {
        expect(assessChain({ files: others, from })).toEqual(assessChain({ files, from }));
      }),
      { numRuns: 600, seed: 20260103 },
    );
  });

  it("never reaches less with one file more", () => {
    fc.assert(
      fc.property(pile, anyFile, target, (files, more, from) => {
        const before = assessChain({ files, from }).reachedLsn ?? 0n;
        const after = assessChain({ files: [...files, { ...more, name: "z" }], from }).reachedLsn ?? 0n;
        expect(after >= before).toBe(true);
      }),
      { numRuns: 1_000, seed: 20260104 },
    );
  });

  it("gives every file its place: in the order, in a problem, or behind a gap", () => {
    fc.assert(
      fc.property(pile, target, (files, from) => {
        const { ok, order, problems } = assessChain({ files, from });
        const placed = new Set(
          [...order, ...problems.map(({ file }) => file ?? "")].flatMap((label) => label.split("+")),
        );
        const lost = files.filter(({ name }) => !placed.has(name));
        if (lost.length > 0)
          expect(problems.some(({ kind }) => kind === "gap" || kind === "no-full")).toBe(true);
        if (ok) expect(lost).toEqual([]);
      }),
      { numRuns: 600, seed: 20260105 },
    );
  });
});
