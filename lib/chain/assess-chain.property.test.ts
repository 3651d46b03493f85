import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import { fromHeaderJson } from "@/lib/backup/header-json";
import { assessChain } from "./assess-chain";
import { exhaust, type Restored, restore } from "./reference-restore-fixture";
import { targetAfter } from "./target-after";
import type { ChainFile, ChainTarget, ChainVerdict } from "./verdict";

/** With all sentences, which else are made when they are read. */
function spoken(verdict: ChainVerdict): ChainVerdict {
  const problems = verdict.problems.map((problem) => ({ ...problem, message: problem.message }));
  return { ...verdict, problems };
}

const FORKS = ["R1", "R2", null];
/** Of the first and the last LSN; a header has both or none. */
const FORK_PAIRS = [
  ...FORKS.map((fork) => [fork, fork] as const),
  ["R1", "R2"] as const,
  ["R2", "R1"] as const,
];
const GUIDS = ["A", "B", "C", null];
const lsn = fc.integer({ min: 1, max: 40 });

/** When sets finished: few enough that they are often the same, or not known. */
const TIMES = [null, "2026-01-01T00:00:00", "2026-01-02T00:00:00", "2026-01-03T00:00:00"];

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
    finishedAt: fc.constantFrom(...TIMES),
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

/** The state after the order; each file of it must be taken. */
function endOf(
  order: readonly string[],
  files: readonly ChainFile[],
  from: ChainTarget | null,
): Restored | null {
  let state = restoredOf(from);
  for (const label of order) {
    const file = files.find(({ name }) => name === label.split("+")[0]);
    const answer = file && restore(state, file.set);
    expect(answer).toHaveProperty("state");
    if (answer && "state" in answer) state = answer.state;
  }
  return state;
}

/** Of the runs of `npm run test:long`. */
const SHARE = inject("long") ? 1 : 0.2;

const whole = ({ complete, set }: ChainFile): boolean => complete && set.family.count === 1;

describe("assessChain, for any pile", () => {
  it("restores as far on the living timeline, in as few steps, as trying everything does", () => {
    fc.assert(
      fc.property(pile, target, (files, from) => {
        const singles = files.filter(whole);
        const verdict = assessChain({ files: singles, from });
        const sets = singles.map(({ set }) => set);
        const fork = verdict.identity.livingForkGuid;
        if (fork === null) {
          const best = exhaust(sets, restoredOf(from));
          expect({ lsn: verdict.reachedLsn, restores: verdict.order.length }).toEqual(best);
          return;
        }
        const best = exhaust(sets, restoredOf(from), fork);
        if (best === null) return;
        // What says no fork may go on from there.
        const end = endOf(verdict.order, singles, from);
        expect([fork, null]).toContain(end?.fork ?? null);
        expect((verdict.reachedLsn ?? 0n) >= (best.lsn ?? 0n)).toBe(true);
        if (verdict.reachedLsn === best.lsn) expect(verdict.order.length).toBeLessThanOrEqual(best.restores);
      }),
      { numRuns: 1_000 * SHARE, seed: 20260101 },
    );
  });

  it("never holds while a backup of the living timeline lies where the path did not get", () => {
    fc.assert(
      fc.property(pile, target, (files, from) => {
        const { ok, reachedLsn, identity } = assessChain({ files, from });
        const { livingForkGuid, livingBy } = identity;
        if (!ok || livingBy === null || livingForkGuid === null) return;
        for (const { set, complete } of files) {
          const living = complete && set.type === "log" && set.lastRecoveryForkGuid === livingForkGuid;
          if (living && (set.lastLsn ?? 0n) > (set.firstLsn ?? 0n))
            expect((set.lastLsn ?? 0n) <= (reachedLsn ?? 0n)).toBe(true);
        }
      }),
      { numRuns: 1_000 * SHARE, seed: 20260108 },
    );
  });

  it("gives an order in which SQL Server takes every file", () => {
    fc.assert(
      fc.property(pile, target, (files, from) => {
        const { order, reachedLsn } = assessChain({ files, from });
        expect(reachedLsn).toBe(endOf(order, files, from)?.lsn ?? null);
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
        expect(spoken(assessChain({ files: others, from }))).toEqual(spoken(assessChain({ files, from })));
      }),
      { numRuns: 600 * SHARE, seed: 20260103 },
    );
  });

  it("never reaches less with one file more, as long as the same timeline lives", () => {
    fc.assert(
      fc.property(pile, anyFile, target, (files, more, from) => {
        const before = assessChain({ files, from });
        const after = assessChain({ files: [...files, { ...more, name: "z" }], from });
        const fork = before.identity.livingForkGuid;
        if (fork !== after.identity.livingForkGuid) return;
        // A header more can tell where a fork began, and so that what seemed to lead to it went past that point.
        if (fork !== null && endOf(before.order, files, from)?.fork !== fork) return;
        expect((after.reachedLsn ?? 0n) >= (before.reachedLsn ?? 0n)).toBe(true);
      }),
      { numRuns: 1_000 * SHARE, seed: 20260104 },
    );
  });

  it("changes nothing for a copy of a file under another name", () => {
    fc.assert(
      fc.property(pile, fc.nat(), target, (files, which, from) => {
        const original = files[which % Math.max(1, files.length)];
        if (original === undefined || !original.complete) return;
        const before = spoken(assessChain({ files, from }));
        const after = spoken(assessChain({ files: [...files, { ...original, name: "longer name" }], from }));
        expect(after.problems).toContainEqual(
          expect.objectContaining({ kind: "duplicate", file: "longer name" }),
        );
        const problems = after.problems.filter(({ file }) => file !== "longer name");
        const sets = expect.any(Number);
        const timelines = before.identity.timelines.map((timeline) => ({ ...timeline, sets }));
        const identity = { ...before.identity, timelines };
        expect({ ...after, problems }).toEqual({ ...before, identity });
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
