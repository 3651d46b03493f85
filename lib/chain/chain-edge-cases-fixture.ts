import type { Case } from "./chain-cases-fixture";
import { crossing, diff, full, log, R2 } from "./chain-sets-fixture";

/** Where the rules meet each other. */
export const EDGE_CASES: Case[] = [
  {
    name: "an empty log right behind the full is not needed, one before its end is too early",
    input: { files: [full("F", 100, 150), log("E", 150, 150), log("B", 120, 120), log("L", 150, 200)] },
    expected: { ok: true, order: ["F", "L"], reachedLsn: 200, problems: ["too-early B", "not-needed E"] },
  },
  {
    name: "of a file and its copy the shorter name counts",
    input: {
      files: [
        full("Sales (1).bak", 100, 150, { backupSetGuid: "F" }),
        full("Sales.bak", 100, 150, { backupSetGuid: "F" }),
      ],
    },
    expected: { ok: true, order: ["Sales.bak"], reachedLsn: 150, problems: ["duplicate Sales (1).bak"] },
  },
  {
    name: "of two ways as long, the one over the differential",
    input: {
      files: [full("F", 100, 150), log("L1", 100, 300), diff("D", "F", 290, 300), log("L2", 300, 400)],
    },
    expected: { ok: true, order: ["F", "D", "L2"], reachedLsn: 400, problems: ["not-needed L1"] },
  },
  {
    name: "a differential of a fork that only a log leads into",
    input: {
      files: [
        full("F", 100, 150),
        log("X", 100, 300, { ...crossing, forkPointLsn: 250 }),
        diff("D", "F", 400, 410, R2),
        log("L", 405, 500, R2),
      ],
    },
    expected: { ok: true, order: ["F", "X", "D", "L"], reachedLsn: 500, problems: [] },
  },
  {
    name: "a database renamed in between is known by its family and fork, a copy of it under another name is not it",
    input: {
      database: "Sales",
      files: [
        full("F", 100, 150),
        log("L", 100, 200, { databaseName: "SalesOld" }),
        log("T", 150, 300, { databaseName: "SalesTest", ...R2 }),
      ],
    },
    expected: { ok: true, order: ["F", "L"], reachedLsn: 200, problems: ["wrong-database T"] },
  },
  {
    name: "a target's fork tells which of two databases of one name it is",
    input: {
      database: "Sales",
      from: { lsn: 200n, lastRecoveryForkGuid: "R1" },
      files: [
        log("L", 150, 300),
        log("M1", 100, 250, { familyGuid: "FB", ...R2 }),
        log("M2", 250, 400, { familyGuid: "FB", ...R2 }),
      ],
    },
    expected: {
      ok: false,
      order: ["L"],
      reachedLsn: 300,
      problems: ["ambiguous", "wrong-database M1", "wrong-database M2"],
    },
  },
  {
    name: "a stripe member that is still uploading is not missing",
    input: {
      files: [
        full("F", 90, 95),
        full("a", 100, 150, { backupSetGuid: "S", family: { sequence: 1, count: 2 } }),
        full("b", 100, 100, { backupSetGuid: "S", family: { sequence: 2, count: 2 }, complete: false }),
      ],
    },
    expected: { ok: false, order: ["F"], reachedLsn: 95, problems: ["incomplete a", "incomplete b"] },
  },
  {
    name: "logs behind a gap are not blamed for it",
    input: {
      files: [full("F", 100, 150), log("L2", 200, 300), log("L3", 300, 400), log("L4", 400, 400)],
    },
    expected: { ok: false, order: ["F"], reachedLsn: 150, problems: ["gap L2 150..200"] },
  },
  {
    name: "headers that name one fork only are of that fork",
    input: {
      files: [
        full("F", 100, 150, { firstRecoveryForkGuid: null }),
        log("L", 150, 300, { firstRecoveryForkGuid: null, lastRecoveryForkGuid: "R2" }),
      ],
    },
    expected: { ok: false, order: ["F"], reachedLsn: 150, problems: ["ambiguous", "fork L 150..300"] },
  },
];
