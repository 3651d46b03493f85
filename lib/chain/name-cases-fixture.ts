import type { Case } from "./chain-cases-fixture";
import { crossing, diff, full, log, R2 } from "./chain-sets-fixture";

const OLD = { finishedAt: "2026-11-01T01:00:00" };
const NEW = { finishedAt: "2026-11-20T01:00:00" };
const as = (databaseName: string, familyGuid: string | null = "FA") => ({ databaseName, familyGuid });
const FB = { familyGuid: "FB", ...R2 };
const NO_GUIDS = { familyGuid: null, firstRecoveryForkGuid: null, lastRecoveryForkGuid: null };

/** Names, families and letter case: whose backup a file is. */
export const NAME_CASES: Case[] = [
  {
    name: "one exact name, and another letter case with more files",
    input: {
      database: "sales",
      files: [
        full("S1", 100, 150, { ...as("SALES", "FB"), ...R2 }),
        log("S2", 100, 200, { ...as("SALES", "FB"), ...R2 }),
        full("s1", 100, 150, as("sales")),
      ],
    },
    expected: {
      ok: true,
      order: ["s1"],
      reachedLsn: 150,
      problems: ["wrong-database S1", "wrong-database S2"],
    },
  },
  {
    name: "one exact name with a full, and another letter case without any GUID",
    input: {
      database: "sales",
      files: [full("s1", 100, 150, as("sales")), log("S2", 100, 200, { ...NO_GUIDS, databaseName: "SALES" })],
    },
    expected: { ok: true, order: ["s1"], reachedLsn: 150, problems: ["wrong-database S2"] },
  },
  {
    name: "letter case is folded where nothing is spelled as asked",
    input: { database: "sales", files: [full("F", 100, 150), log("L", 100, 200)] },
    expected: { ok: true, order: ["F", "L"], reachedLsn: 200, problems: [] },
  },
  {
    name: "letter case that changed in between, on one fork",
    input: { database: "sales", files: [full("F", 100, 150, as("SALES")), log("L", 100, 200, as("sales"))] },
    expected: { ok: true, order: ["F", "L"], reachedLsn: 200, problems: [] },
  },
  {
    name: "only a log is spelled as asked, and nothing proves that the full is of the same database",
    input: {
      database: "sales",
      files: [
        full("F", 100, 150, { ...NO_GUIDS, databaseName: "SALES" }),
        log("L", 100, 200, { ...NO_GUIDS, databaseName: "sales" }),
      ],
    },
    expected: { ok: false, order: [], reachedLsn: null, problems: ["no-full", "ambiguous F"] },
  },
  {
    name: "two letter cases, neither as asked, and nothing proves that they are one",
    input: {
      database: "sales",
      files: [
        full("F", 100, 150, { ...NO_GUIDS, databaseName: "SALES" }),
        log("L", 100, 200, { ...NO_GUIDS, databaseName: "Sales" }),
      ],
    },
    expected: { ok: false, order: ["F"], reachedLsn: 150, problems: ["ambiguous", "wrong-database L"] },
  },
  {
    name: "a log under the old name, on the target's own fork",
    input: {
      database: "SalesNew",
      from: { lsn: 150n, lastRecoveryForkGuid: "R1" },
      files: [log("L", 100, 200, as("SalesOld"))],
    },
    expected: { ok: true, order: ["L"], reachedLsn: 200, problems: [] },
  },
  {
    name: "a log under another name that says no fork, of the target's family",
    input: {
      database: "SalesNew",
      from: { lsn: 150n, familyGuid: "FA" },
      files: [log("L", 100, 200, { ...NO_GUIDS, ...as("SalesOld") })],
    },
    expected: { ok: true, order: ["L"], reachedLsn: 200, problems: [] },
  },
  {
    name: "a log under another name on the target's fork that says no family",
    input: {
      database: "SalesNew",
      from: { lsn: 150n, familyGuid: "FA", lastRecoveryForkGuid: "R1" },
      files: [log("L", 100, 200, as("SalesOld", null))],
    },
    expected: { ok: true, order: ["L"], reachedLsn: 200, problems: [] },
  },
  {
    name: "a log under another name, of the target's family and another fork, is of a copy",
    input: {
      database: "Sales",
      from: { lsn: 150n, familyGuid: "FA", lastRecoveryForkGuid: "R1" },
      files: [log("T", 100, 200, { ...as("SalesTest"), ...R2 }), log("L", 100, 180)],
    },
    expected: { ok: true, order: ["L"], reachedLsn: 180, problems: ["wrong-database T"] },
  },
  {
    name: "a log under another name and of another family",
    input: {
      database: "Sales",
      from: { lsn: 150n, familyGuid: "FA", lastRecoveryForkGuid: "R1" },
      files: [log("H", 100, 200, { databaseName: "HR", ...FB }), log("L", 100, 180)],
    },
    expected: { ok: true, order: ["L"], reachedLsn: 180, problems: ["wrong-database H"] },
  },
  {
    name: "a full under the old name, a log under the new one",
    input: {
      database: "SalesNew",
      files: [full("F", 100, 150, as("SalesOld")), log("L", 100, 200, as("SalesNew"))],
    },
    expected: { ok: true, order: ["F", "L"], reachedLsn: 200, problems: [] },
  },
  {
    name: "the same, asked by the old name",
    input: {
      database: "SalesOld",
      files: [full("F", 100, 150, as("SalesOld")), log("L", 100, 200, as("SalesNew"))],
    },
    expected: { ok: true, order: ["F", "L"], reachedLsn: 200, problems: [] },
  },
  {
    name: "the same, and nobody asked",
    input: { files: [full("F", 100, 150, as("SalesOld")), log("L", 100, 200, as("SalesNew"))] },
    expected: { ok: true, order: ["F", "L"], reachedLsn: 200, problems: [] },
  },
  {
    name: "renamed twice",
    input: {
      database: "C",
      files: [full("F", 100, 150, as("A")), diff("D", "F", 200, 210, as("B")), log("L", 190, 300, as("C"))],
    },
    expected: { ok: true, order: ["F", "D", "L"], reachedLsn: 300, problems: [] },
  },
  {
    name: "renamed, and restored to an earlier point: what it came from is its history, whatever the name",
    input: {
      database: "SalesNew",
      files: [
        full("F", 100, 150, as("SalesOld")),
        log("X", 100, 300, { ...as("SalesNew"), ...crossing, forkPointLsn: 250 }),
        log("M", 300, 400, { ...as("SalesNew"), ...R2 }),
      ],
    },
    expected: { ok: true, order: ["F", "X", "M"], reachedLsn: 400, problems: [] },
  },
  {
    name: "a copy under another name goes on from here, newer than all",
    input: {
      database: "Sales",
      files: [
        full("F", 100, 150, OLD),
        log("L", 100, 200, OLD),
        log("X", 150, 300, { ...as("SalesTest"), ...crossing, ...NEW, forkPointLsn: 180 }),
        log("M", 300, 400, { ...as("SalesTest"), ...R2, ...NEW }),
      ],
    },
    expected: {
      ok: true,
      order: ["F", "L"],
      reachedLsn: 200,
      problems: ["wrong-database M", "wrong-database X"],
    },
  },
  {
    name: "nothing of the name, and nothing to prove that it was renamed",
    input: { database: "Sales", files: [full("F", 100, 150, as("SalesOld"))] },
    expected: { ok: false, order: [], reachedLsn: null, problems: ["no-full", "wrong-database F"] },
  },
  {
    name: "the source's fork proves that a full under another name is its own",
    input: {
      database: "Sales",
      known: { by: "source", familyGuid: "FA", forkGuid: "R1" },
      files: [full("F", 100, 150, as("SalesOld"))],
    },
    expected: { ok: true, order: ["F"], reachedLsn: 150, problems: [] },
  },
  {
    name: "a dead generation of the same name, with more and higher files",
    input: {
      database: "Sales",
      files: [
        full("F", 500, 550, OLD),
        log("L1", 500, 700, OLD),
        log("L2", 700, 900, OLD),
        full("N", 100, 150, { ...FB, ...NEW }),
      ],
    },
    expected: {
      ok: true,
      order: ["N"],
      reachedLsn: 150,
      problems: ["wrong-database F", "wrong-database L1", "wrong-database L2"],
    },
  },
  {
    name: "two generations of one name without times",
    input: { database: "Sales", files: [full("F", 100, 150), full("N", 100, 150, FB)] },
    expected: { ok: false, order: ["F"], reachedLsn: 150, problems: ["ambiguous", "wrong-database N"] },
  },
  {
    name: "the source says which generation",
    input: {
      database: "Sales",
      known: { by: "source", familyGuid: "FA" },
      files: [full("F", 100, 150, OLD), full("N", 100, 150, { ...FB, ...NEW })],
    },
    expected: { ok: true, order: ["F"], reachedLsn: 150, problems: ["wrong-database N"] },
  },
  {
    name: "the source is a generation of which nothing lies here",
    input: { database: "Sales", known: { by: "source", familyGuid: "FC" }, files: [full("F", 100, 150)] },
    expected: { ok: false, order: [], reachedLsn: null, problems: ["no-full", "wrong-database F"] },
  },
  {
    name: "a target of one generation, and a file of another",
    input: {
      database: "Sales",
      from: { lsn: 120n, familyGuid: "FA", lastRecoveryForkGuid: "R1" },
      files: [log("N", 100, 200, FB)],
    },
    expected: { ok: false, order: [], reachedLsn: 120, problems: ["wrong-database N"] },
  },
  {
    name: "a target of a dead generation does not go on with it",
    input: {
      database: "Sales",
      from: { lsn: 120n, familyGuid: "FA", lastRecoveryForkGuid: "R1" },
      files: [log("L", 100, 200, OLD), full("N", 100, 150, { ...FB, ...NEW })],
    },
    expected: { ok: false, order: [], reachedLsn: 120, problems: ["wrong-database L", "wrong-database N"] },
  },
  {
    name: "a header without GUIDs under a name that two databases have",
    input: {
      database: "Sales",
      files: [
        full("F", 100, 150, OLD),
        full("N", 100, 150, { ...FB, ...NEW }),
        log("L", 100, 200, { ...NO_GUIDS, ...NEW }),
      ],
    },
    expected: { ok: false, order: ["N"], reachedLsn: 150, problems: ["ambiguous L", "wrong-database F"] },
  },
  {
    name: "a header without a family under such a name goes by its fork",
    input: {
      database: "Sales",
      files: [
        full("F", 100, 150, OLD),
        full("N", 100, 150, { ...FB, ...NEW }),
        log("L", 100, 200, { ...R2, ...NEW, familyGuid: null }),
      ],
    },
    expected: { ok: true, order: ["N", "L"], reachedLsn: 200, problems: ["wrong-database F"] },
  },
  {
    name: "files of another name do not spoil it, newer or not",
    input: {
      database: "Sales",
      files: [full("F", 100, 150, OLD), full("H", 600, 900, { databaseName: "HR", ...FB, ...NEW })],
    },
    expected: { ok: true, order: ["F"], reachedLsn: 150, problems: ["wrong-database H"] },
  },
];
