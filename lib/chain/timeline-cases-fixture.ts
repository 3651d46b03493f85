import type { Case } from "./chain-cases-fixture";
import { crossing, diff, full, log, R2 } from "./chain-sets-fixture";

const OLD = { finishedAt: "2026-11-01T01:00:00" };
const NEW = { finishedAt: "2026-11-20T01:00:00" };
const NEWEST = { finishedAt: "2026-11-25T01:00:00" };
/** The second fork, which began at LSN 500, newer than the first. */
const F2 = { ...R2, ...NEW, forkPointLsn: 500 };
const F3 = { firstRecoveryForkGuid: "R3", lastRecoveryForkGuid: "R3", forkPointLsn: 300 };
const ON_R1 = { lsn: 900n, lastRecoveryForkGuid: "R1", differentialBaseGuid: "G-F" };

/** Several recovery forks in one pile: which lives, and what of the others. */
export const TIMELINE_CASES: Case[] = [
  {
    name: "a log of another fork, below the target: its LSNs say nothing",
    input: { from: ON_R1, files: [log("N", 600, 700, F2)] },
    expected: { ok: false, order: [], reachedLsn: 900, problems: ["fork N 600..700"] },
  },
  {
    name: "a log of another fork, which begins above the target, ends no hole",
    input: { from: ON_R1, files: [log("N", 950, 990, F2)] },
    expected: { ok: false, order: [], reachedLsn: 900, problems: ["fork N 950..990"] },
  },
  {
    name: "a full of another fork, above the target, is none where a log was due",
    input: { from: ON_R1, files: [full("N", 950, 990, F2)] },
    expected: { ok: false, order: [], reachedLsn: 900, problems: ["fork N 950..990"] },
  },
  {
    name: "a target on a timeline that was left is not taken on along it",
    input: { from: ON_R1, files: [log("L", 900, 1000, OLD), log("N", 600, 700, F2)] },
    expected: { ok: false, order: [], reachedLsn: 900, problems: ["fork N 600..700", "fork L 900..1000"] },
  },
  {
    name: "a target on the newest timeline goes on, whatever else lies there",
    input: { from: ON_R1, files: [log("L", 900, 1000, NEWEST), log("N", 600, 700, F2)] },
    expected: { ok: true, order: ["L"], reachedLsn: 1000, problems: ["fork N 600..700"] },
  },
  {
    name: "a target goes on along the timeline that the source says it is on",
    input: {
      from: ON_R1,
      known: { by: "source", forkGuid: "R1" },
      files: [log("L", 900, 1000, OLD), log("N", 600, 700, F2)],
    },
    expected: { ok: true, order: ["L"], reachedLsn: 1000, problems: ["fork N 600..700"] },
  },
  {
    name: "what was before the fork is too early for a target on it, what came behind it on the old one is not its own",
    input: {
      from: { lsn: 700n, lastRecoveryForkGuid: "R2" },
      files: [log("A", 300, 450, OLD), log("B", 450, 600, OLD), log("N", 700, 800, F2)],
    },
    expected: { ok: true, order: ["N"], reachedLsn: 800, problems: ["fork B 450..600", "too-early A"] },
  },
  {
    name: "two fulls of two forks: the newer one, though the other ends higher",
    input: { files: [full("old", 800, 900, OLD), full("new", 600, 650, F2)] },
    expected: { ok: true, order: ["new"], reachedLsn: 650, problems: ["fork old 800..900"] },
  },
  {
    name: "two fulls of two forks without times: nobody can tell",
    input: { files: [full("old", 800, 900), full("new", 600, 650, { ...R2, forkPointLsn: 500 })] },
    expected: { ok: false, order: ["old"], reachedLsn: 900, problems: ["ambiguous", "fork new 600..650"] },
  },
  {
    name: "two forks that were backed up last at the same moment",
    input: { files: [full("old", 800, 900, NEW), full("new", 600, 650, F2)] },
    expected: { ok: false, order: ["old"], reachedLsn: 900, problems: ["ambiguous", "fork new 600..650"] },
  },
  {
    name: "of two forks only one says when",
    input: { files: [full("old", 800, 900), full("new", 600, 650, F2)] },
    expected: { ok: false, order: ["old"], reachedLsn: 900, problems: ["ambiguous", "fork new 600..650"] },
  },
  {
    name: "times are compared in their zones",
    input: {
      files: [
        full("east", 800, 900, { finishedAt: "2026-11-20T10:00:00", timeZoneQuarterHours: 32 }),
        full("utc", 600, 650, { ...F2, finishedAt: "2026-11-20T03:00:00", timeZoneQuarterHours: 0 }),
      ],
    },
    expected: { ok: true, order: ["utc"], reachedLsn: 650, problems: ["fork east 800..900"] },
  },
  {
    name: "a person says that the older timeline is meant",
    input: {
      known: { by: "person", forkGuid: "R1" },
      files: [full("old", 800, 900, OLD), full("new", 600, 650, F2)],
    },
    expected: { ok: true, order: ["old"], reachedLsn: 900, problems: ["fork new 600..650"] },
  },
  {
    name: "the source's database GUID says which timeline it is",
    input: {
      known: { by: "source", databaseGuid: "B1" },
      files: [
        full("old", 800, 900, { ...OLD, bindingId: "B1" }),
        full("new", 600, 650, { ...F2, bindingId: "B2" }),
      ],
    },
    expected: { ok: true, order: ["old"], reachedLsn: 900, problems: ["fork new 600..650"] },
  },
  {
    name: "the source is on a fork of which nothing was backed up",
    input: {
      known: { by: "source", forkGuid: "R9" },
      files: [full("F", 100, 150, OLD), log("L", 100, 200, NEW)],
    },
    expected: {
      ok: false,
      order: [],
      reachedLsn: null,
      problems: ["no-full", "fork F 100..150", "fork L 100..200"],
    },
  },
  {
    name: "a full and a log of each of two forks, the abandoned log over all of it",
    input: {
      files: [
        full("old", 100, 150, OLD),
        log("old log", 100, 900, OLD),
        full("new", 600, 650, F2),
        log("new log", 600, 700, F2),
      ],
    },
    expected: {
      ok: true,
      order: ["new", "new log"],
      reachedLsn: 700,
      problems: ["fork old log 100..900", "not-needed old"],
    },
  },
  {
    name: "three forks: the newest one is neither the first nor the highest",
    input: {
      files: [
        full("one", 800, 900, OLD),
        full("two", 850, 950, { ...F2, ...OLD }),
        full("three", 400, 450, { ...F3, ...NEW }),
      ],
    },
    expected: {
      ok: true,
      order: ["three"],
      reachedLsn: 450,
      problems: ["fork one 800..900", "fork two 850..950"],
    },
  },
  {
    name: "of the newest timeline there is no full: that of another is none for it",
    input: { files: [full("old", 800, 900, OLD), log("new log", 600, 700, F2)] },
    expected: { ok: false, order: [], reachedLsn: null, problems: ["no-full", "fork old 800..900"] },
  },
  {
    name: "a log leads over the fork: what stops before it, then the log; what went past it was left",
    input: {
      files: [
        full("F", 100, 150, OLD),
        log("L1", 100, 200, OLD),
        log("L2", 200, 600, OLD),
        log("X", 200, 550, { ...crossing, ...NEW, forkPointLsn: 500 }),
      ],
    },
    expected: { ok: true, order: ["F", "L1", "X"], reachedLsn: 550, problems: ["fork L2 200..600"] },
  },
  {
    name: "a hole of one fork does not end at a log of another that lies in it",
    input: {
      files: [
        full("F", 100, 150, OLD),
        log("L1", 100, 200, OLD),
        log("S", 250, 280, { ...R2, ...OLD, forkPointLsn: 240 }),
        log("L4", 300, 400, NEW),
      ],
    },
    expected: {
      ok: false,
      order: ["F", "L1"],
      reachedLsn: 200,
      problems: ["gap L4 200..300", "fork S 250..280"],
    },
  },
  {
    name: "the same without times: the hole is as long, and nobody can tell which fork lives",
    input: {
      files: [
        full("F", 100, 150),
        log("L1", 100, 200),
        log("S", 250, 280, { ...R2, forkPointLsn: 240 }),
        log("L4", 300, 400),
      ],
    },
    expected: {
      ok: false,
      order: ["F", "L1"],
      reachedLsn: 200,
      problems: ["ambiguous", "gap L4 200..300", "fork S 250..280"],
    },
  },
  {
    name: "the same where the fork in the hole is the newest: the hole reaches to it, and what follows was left",
    input: {
      files: [
        full("F", 100, 150, OLD),
        log("L1", 100, 200, OLD),
        log("S", 250, 280, { ...R2, ...NEW, forkPointLsn: 240 }),
        log("L4", 300, 400, OLD),
      ],
    },
    expected: {
      ok: false,
      order: ["F", "L1"],
      reachedLsn: 200,
      problems: ["gap S 200..250", "fork L4 300..400"],
    },
  },
  {
    name: "two holes of one fork, each with a log of another in it",
    input: {
      files: [
        full("F", 100, 150, OLD),
        log("S1", 170, 180, { ...R2, ...OLD, forkPointLsn: 160 }),
        log("L2", 200, 300, NEW),
        log("S2", 350, 380, { ...F3, ...OLD }),
        log("L4", 400, 500, NEW),
      ],
    },
    expected: {
      ok: false,
      order: ["F"],
      reachedLsn: 150,
      problems: ["gap L2 150..200", "gap L4 300..400", "fork S1 170..180", "fork S2 350..380"],
    },
  },
  {
    name: "a hole over the fork: only what ended before it is restored",
    input: {
      files: [
        full("F", 100, 150, OLD),
        log("L1", 100, 280, OLD),
        log("M", 300, 400, { ...R2, ...NEW, forkPointLsn: 250 }),
      ],
    },
    expected: {
      ok: false,
      order: ["F"],
      reachedLsn: 150,
      problems: ["gap M 150..300", "fork L1 100..280"],
    },
  },
  {
    name: "of an abandoned timeline neither a missing stripe nor a broken upload matters",
    input: {
      files: [
        full("new", 600, 650, F2),
        full("a", 800, 900, { ...OLD, backupSetGuid: "S", family: { sequence: 1, count: 2 } }),
        log("b", 900, 900, { ...OLD, complete: false }),
        log("c", 900, 950, { ...OLD, damaged: true }),
      ],
    },
    expected: {
      ok: true,
      order: ["new"],
      reachedLsn: 650,
      problems: ["missing-stripe a", "incomplete a", "incomplete b", "unreadable c"],
    },
  },
  {
    name: "of the living timeline a missing stripe, an upload or damage behind the end do",
    input: { files: [full("F", 100, 150), log("L", 150, 200, { damaged: true })] },
    expected: { ok: false, order: ["F"], reachedLsn: 150, problems: ["unreadable L"] },
  },
  {
    name: "damage that the path goes past does not",
    input: {
      files: [full("F", 100, 150), diff("D", "F", 180, 190, { damaged: true }), log("L", 100, 200)],
    },
    expected: { ok: true, order: ["F", "L"], reachedLsn: 200, problems: ["unreadable D"] },
  },
  {
    name: "a target of which no base is known: a differential may or may not fit it",
    input: {
      from: { lsn: 200n, lastRecoveryForkGuid: "R1" },
      files: [diff("D", "F", 300, 310), log("L", 200, 250)],
    },
    expected: { ok: false, order: ["L"], reachedLsn: 250, problems: ["ambiguous D"] },
  },
  {
    name: "a target of which no base is known does without a differential that logs go past",
    input: {
      from: { lsn: 200n, lastRecoveryForkGuid: "R1" },
      files: [diff("D", "F", 220, 230), log("L", 200, 250)],
    },
    expected: { ok: true, order: ["L"], reachedLsn: 250, problems: ["not-needed D"] },
  },
  {
    name: "a differential on another base that logs go past",
    input: {
      from: { lsn: 200n, differentialBaseGuid: "G-F" },
      files: [diff("D", "X", 220, 230), log("L", 200, 250)],
    },
    expected: { ok: true, order: ["L"], reachedLsn: 250, problems: ["wrong-base D"] },
  },
  {
    name: "a differential of a fork that was left, whatever its base",
    input: { files: [full("new", 600, 650, F2), diff("D", "old", 800, 810, OLD)] },
    expected: { ok: true, order: ["new"], reachedLsn: 650, problems: ["fork D 800..810"] },
  },
];
