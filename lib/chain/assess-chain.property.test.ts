import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import { fromHeaderJson } from "@/lib/backup/header-json";
import { assessChain } from "./assess-chain";
import { exhaust, type Restored, restore } from "./reference-restore-fixture";
import { targetAfter } from "./target-after";
import type { ChainFile, ChainTarget } from "./verdict";

const FORKS = ["R1", "R2", null];
/** Of the first and the last LSN; a header has both or none. */
const FORK_PAIRS = [
  ...FORKS.map((fork) => [fork, fork] as const),
  ["R1", "R2"] as const,
  ["R2", "R1"] as const,
];
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
    forks: fc.constantFrom(...FORK_PAIRS),
    forkPointLsn: fc.option(lsn),
    copyOnly: fc.boolean(),
    family: fc.constantFrom(
      { sequence: 1, count: 1 },
      { sequence: 1, count: 1 },
      { sequence: 1, count: 2 },
      { sequence: 2, count: 2 },
    ),
  })
  .map(({ name, complete, first, length, forks, ...fields }) => {
    const differential = fields.type === "differential";
    const set = fromHeaderJson({
      ...fields,
      firstRecoveryForkGuid: forks[0],
      lastRecoveryForkGuid: forks[1],
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

function restoredOf(target: ChainTarget | null): Restored | null {
  if (target === null) return null;
  return {
    lsn: target.lsn,
    baseGuid: target.differentialBaseGuid ?? null,
    baseLsn: target.differentialBaseLsn ?? null,
    fork: target.lastRecoveryForkGuid ?? null,
  };
}

/** Of the runs of `npm run test:long`. */
const SHARE = inject("long") ? 1 : 0.2;

const whole = ({ complete, set }: ChainFile): boolean => complete && set.family.count === 1;

describe("assessChain, for any pile", () => {
  it("restores as far, in as few steps, as trying everything does", () => {
    fc.assert(
      fc.property(pile, target, (files, from) => {
        const singles = files.filter(whole);
        const verdict = assessChain({ files: singles, from });
        const best = exhaust(
          singles.map(({ set }) => set),
          restoredOf(from),
        );
        expect(verdict.reachedLsn).toBe(best.lsn);
        expect(verdict.order).toHaveLength(best.restores);
      }),
      { numRuns: 1_000 * SHARE, seed: 20260101 },
    );
  });

  it("gives an order in which SQL Server takes every file", () => {
    fc.assert(
      fc.property(pile, target, (files, from) => {
        const { order, reachedLsn } = assessChain({ files, from });
        let state = restoredOf(from);
        for (const label of order) {
          const file = files.find(({ name }) => name === label.split("+")[0]);
          const answer = file && restore(state, file.set);
          expect(answer).toHaveProperty("state");
          if (answer && "state" in answer) state = answer.state;
        }
        expect(reachedLsn).toBe(state?.lsn ?? null);
      }),
      { numRuns: 600 * SHARE, seed: 20260102 },
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
      { numRuns: 600 * SHARE, seed: 20260103 },
    );
  });

  it("never reaches less with one file more", () => {
    fc.assert(
      fc.property(pile, anyFile, target, (files, more, from) => {
        const before = assessChain({ files, from }).reachedLsn ?? 0n;
        const after = assessChain({ files: [...files, { ...more, name: "z" }], from }).reachedLsn ?? 0n;
        expect(after >= before).toBe(true);
      }),
      { numRuns: 1_000 * SHARE, seed: 20260104 },
    );
  });

  it("changes nothing for a copy of a file under another name", () => {
    fc.assert(
      fc.property(pile, fc.nat(), target, (files, which, from) => {
        const original = files[which % Math.max(1, files.length)];
        if (original === undefined || !original.complete) return;
        const before = assessChain({ files, from });
        const after = assessChain({ files: [...files, { ...original, name: "longer name" }], from });
        expect(after.problems).toContainEqual(
          expect.objectContaining({ kind: "duplicate", file: "longer name" }),
        );
        const problems = after.problems.filter(({ file }) => file !== "longer name");
        expect({ ...after, problems }).toEqual(before);
      }),
      { numRuns: 600 * SHARE, seed: 20260106 },
    );
  });

  it("goes on from where a part of the order has been restored, in the same order", () => {
    fc.assert(
      fc.property(pile, fc.nat(), target, (files, which, from) => {
        const { order, reachedLsn } = assessChain({ files, from });
        const restored = which % (order.length + 1);
        let state = from;
        for (const label of order.slice(0, restored)) {
          const file = files.find(({ name }) => name === label.split("+")[0]);
          if (file) state = targetAfter(state, file.set);
        }
        const onward = assessChain({ files, from: state });
        expect(onward.order).toEqual(order.slice(restored));
        expect(onward.reachedLsn).toBe(reachedLsn);
      }),
      { numRuns: 1_000 * SHARE, seed: 20260107 },
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
      { numRuns: 600 * SHARE, seed: 20260105 },
    );
  });
});
