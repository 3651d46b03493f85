import type { ChainInput } from "./assess-chain";
import { crossing, diff, file, full, log, R2 } from "./chain-sets-fixture";

export interface Case {
  name: string;
  input: ChainInput;
  expected: { ok: boolean; order: string[]; reachedLsn: number | null; problems: string[] };
}

export const CASES: Case[] = [
  {
    name: "full and logs in any order; the first log may begin before the full (C2, C3, C4)",
    input: { files: [log("L2", 300, 400), log("L1", 80, 300), full("F", 100, 150)] },
    expected: { ok: true, order: ["F", "L1", "L2"], reachedLsn: 400, problems: [] },
  },
  {
    name: "nothing at all",
    input: { files: [] },
    expected: { ok: false, order: [], reachedLsn: null, problems: ["no-full"] },
  },
  {
    name: "logs and a differential without their full",
    input: { files: [log("L", 100, 200), diff("D", "F", 150, 170)] },
    expected: { ok: false, order: [], reachedLsn: null, problems: ["no-full"] },
  },
  {
    name: "a log missing between two others",
    input: { files: [full("F", 100, 150), log("L1", 100, 200), log("L3", 300, 400), log("L4", 400, 500)] },
    expected: { ok: false, order: ["F", "L1"], reachedLsn: 200, problems: ["gap L3 200..300"] },
  },
  {
    name: "two gaps are two ranges",
    input: { files: [full("F", 100, 150), log("L2", 200, 300), log("L3", 300, 350), log("L5", 400, 500)] },
    expected: { ok: false, order: ["F"], reachedLsn: 150, problems: ["gap L2 150..200", "gap L5 350..400"] },
  },
  {
    name: "a log taken during the full, which ends before it does, is too early (C6)",
    input: { files: [full("F", 100, 150), log("L0", 50, 140), log("L1", 140, 200)] },
    expected: { ok: true, order: ["F", "L1"], reachedLsn: 200, problems: ["too-early L0"] },
  },
  {
    name: "an empty log is not needed, and the chain stays closed (C5)",
    input: { files: [full("F", 100, 150), log("L1", 100, 200), log("E", 200, 200), log("L2", 200, 300)] },
    expected: { ok: true, order: ["F", "L1", "L2"], reachedLsn: 300, problems: ["not-needed E"] },
  },
  {
    name: "an empty log behind the end shows that something is missing",
    input: { files: [full("F", 100, 150), log("E", 200, 200)] },
    expected: { ok: false, order: ["F"], reachedLsn: 150, problems: ["gap E 150..200"] },
  },
  {
    name: "the newest differential of the base, then logs (C7, C8)",
    input: {
      files: [
        full("F", 100, 150),
        diff("D1", "F", 200, 210),
        diff("D2", "F", 300, 310),
        log("L1", 100, 305),
        log("L2", 305, 400),
      ],
    },
    expected: {
      ok: true,
      order: ["F", "D2", "L2"],
      reachedLsn: 400,
      problems: ["not-needed D1", "not-needed L1"],
    },
  },
  {
    name: "a differential skips a log gap (C9)",
    input: {
      files: [full("F", 100, 150), log("L1", 100, 200), diff("D", "F", 300, 310), log("L3", 290, 400)],
    },
    expected: { ok: true, order: ["F", "D", "L3"], reachedLsn: 400, problems: ["not-needed L1"] },
  },
  {
    name: "logs alone when they reach as far with fewer restores than a differential would",
    input: { files: [full("F", 100, 150), log("L", 100, 400), diff("D", "F", 300, 310)] },
    expected: { ok: true, order: ["F", "L"], reachedLsn: 400, problems: ["not-needed D"] },
  },
  {
    name: "a differential on another full",
    input: { files: [full("F", 100, 150), diff("D", "X", 300, 310)] },
    expected: { ok: false, order: ["F"], reachedLsn: 150, problems: ["wrong-base D"] },
  },
  {
    name: "a differential known by its base LSN only",
    input: {
      files: [
        full("F", 100, 150),
        file("D", { type: "differential", firstLsn: 300, lastLsn: 310, differentialBaseLsn: 100 }),
      ],
    },
    expected: { ok: true, order: ["F", "D"], reachedLsn: 310, problems: [] },
  },
  {
    name: "a copy-only full is no differential base, not even by its LSN (C11)",
    input: {
      files: [
        full("C", 100, 150, { copyOnly: true }),
        file("D", { type: "differential", firstLsn: 300, lastLsn: 310, differentialBaseLsn: 100 }),
      ],
    },
    expected: { ok: false, order: ["C"], reachedLsn: 150, problems: ["wrong-base D"] },
  },
  {
    name: "a copy-only full and a copy-only log carry a chain (C11)",
    input: {
      files: [
        full("C", 100, 150, { copyOnly: true }),
        log("L1", 90, 300),
        log("K", 120, 200, { copyOnly: true }),
      ],
    },
    expected: { ok: true, order: ["C", "L1"], reachedLsn: 300, problems: ["not-needed K"] },
  },
  {
    name: "two weeks: the newer full wins where it reaches further, the older cycle is not needed",
    input: {
      files: [
        full("F1", 100, 150),
        diff("D1", "F1", 200, 210),
        full("F2", 300, 350),
        diff("D2", "F2", 400, 410),
      ],
    },
    expected: { ok: true, order: ["F2", "D2"], reachedLsn: 410, problems: ["too-early D1", "not-needed F1"] },
  },
  {
    name: "an older full wins where only its logs reach further",
    input: { files: [full("F1", 100, 150), log("L1", 100, 500), full("F2", 600, 650), log("L2", 500, 700)] },
    expected: { ok: true, order: ["F2", "L2"], reachedLsn: 700, problems: ["too-early L1", "not-needed F1"] },
  },
  {
    name: "a log of another recovery fork (C10)",
    input: { files: [full("F", 100, 150), log("L1", 100, 200), log("M2", 200, 300, R2)] },
    expected: { ok: false, order: ["F", "L1"], reachedLsn: 200, problems: ["ambiguous", "fork M2 200..300"] },
  },
  {
    name: "what follows a log of another fork is of that fork too",
    input: {
      files: [full("F", 100, 150), log("L1", 100, 200), log("M2", 150, 300, R2), log("M3", 300, 400, R2)],
    },
    expected: {
      ok: false,
      order: ["F", "L1"],
      reachedLsn: 200,
      problems: ["ambiguous", "fork M2 150..300", "fork M3 300..400"],
    },
  },
  {
    name: "one log crosses the fork, the next are behind it",
    input: {
      files: [
        full("F", 100, 150),
        log("L1", 100, 200),
        log("X", 200, 300, { ...crossing, forkPointLsn: 250 }),
        log("M", 300, 400, R2),
      ],
    },
    expected: { ok: true, order: ["F", "L1", "X", "M"], reachedLsn: 400, problems: [] },
  },
  {
    name: "a log crossing the fork does not follow a restore that went past the fork point",
    input: {
      files: [
        full("F", 100, 150),
        log("L1", 100, 280),
        log("X", 200, 300, { ...crossing, forkPointLsn: 250 }),
      ],
    },
    expected: { ok: false, order: ["F", "L1"], reachedLsn: 280, problems: ["ambiguous", "fork X 200..300"] },
  },
  {
    name: "the way round past a fork: the log that stops at the fork point",
    input: {
      files: [
        full("F", 100, 150),
        log("L1", 100, 200),
        log("L2", 200, 280),
        log("X", 200, 300, { ...crossing, forkPointLsn: 250 }),
      ],
    },
    expected: {
      ok: false,
      order: ["F", "L1", "X"],
      reachedLsn: 300,
      problems: ["ambiguous", "fork L2 200..280"],
    },
  },
  {
    name: "a differential taken after its base was restored elsewhere, where the target has not been",
    input: { files: [full("F", 100, 150), diff("D", "F", 300, 310, { ...R2, forkPointLsn: 150 })] },
    expected: { ok: true, order: ["F", "D"], reachedLsn: 310, problems: [] },
  },
  {
    name: "a differential of another fork",
    input: { files: [full("F", 100, 150), log("L", 100, 200), diff("D", "F", 300, 310, R2)] },
    expected: { ok: false, order: ["F", "L"], reachedLsn: 200, problems: ["ambiguous", "fork D 300..310"] },
  },
  {
    name: "stripes: one entry, members in family order",
    input: {
      files: [
        full("b", 100, 150, { backupSetGuid: "S", family: { sequence: 2, count: 2 } }),
        full("a", 100, 150, { backupSetGuid: "S", family: { sequence: 1, count: 2 } }),
        log("L", 100, 200),
      ],
    },
    expected: { ok: true, order: ["a+b", "L"], reachedLsn: 200, problems: [] },
  },
  {
    name: "a stripe member missing",
    input: {
      files: [
        full("F", 90, 95),
        full("a", 100, 150, { backupSetGuid: "S", family: { sequence: 1, count: 2 } }),
      ],
    },
    expected: { ok: false, order: ["F"], reachedLsn: 95, problems: ["missing-stripe a", "incomplete a"] },
  },
  {
    name: "copies: the first name counts",
    input: {
      files: [
        full("F", 100, 150),
        log("b", 100, 200, { backupSetGuid: "L" }),
        log("a", 100, 200, { backupSetGuid: "L" }),
      ],
    },
    expected: { ok: true, order: ["F", "a"], reachedLsn: 200, problems: ["duplicate b"] },
  },
  {
    name: "a copy still uploading is a duplicate of the whole one",
    input: {
      files: [
        full("F", 100, 150),
        log("a", 90, 90, { backupSetGuid: "L", complete: false }),
        log("b", 100, 200, { backupSetGuid: "L" }),
      ],
    },
    expected: { ok: true, order: ["F", "b"], reachedLsn: 200, problems: ["duplicate a"] },
  },
  {
    name: "a file still uploading takes no part",
    input: { files: [full("F", 100, 150), log("L", 100, 200, { complete: false })] },
    expected: { ok: false, order: ["F"], reachedLsn: 150, problems: ["incomplete L"] },
  },
  {
    name: "a file with several sets",
    input: {
      files: [full("x", 100, 150), log("x", 100, 200, { position: 2 }), log("L", 200, 300)],
    },
    expected: { ok: true, order: ["x#1", "x#2", "L"], reachedLsn: 300, problems: [] },
  },
  {
    name: "a foreign database is told by its family, whatever its LSNs",
    input: {
      files: [
        full("F", 100, 150),
        log("L", 100, 200),
        log("H", 150, 900, { familyGuid: "FB", databaseName: "HR" }),
      ],
    },
    expected: { ok: true, order: ["F", "L"], reachedLsn: 200, problems: ["wrong-database H"] },
  },
  {
    name: "the database that is asked for, even when most files are of another",
    input: {
      database: "hr",
      files: [
        full("F", 100, 150),
        log("L", 100, 200),
        full("H", 100, 120, { familyGuid: "FB", databaseName: "HR" }),
      ],
    },
    expected: {
      ok: true,
      order: ["H"],
      reachedLsn: 120,
      problems: ["wrong-database F", "wrong-database L"],
    },
  },
  {
    name: "a database dropped and created again under its name",
    input: { files: [full("F", 100, 150), log("L", 100, 200), log("N", 200, 300, { familyGuid: "FB" })] },
    expected: { ok: false, order: ["F", "L"], reachedLsn: 200, problems: ["ambiguous", "wrong-database N"] },
  },
  {
    name: "headers without a family go by name",
    input: {
      files: [
        full("F", 100, 150),
        log("L", 100, 200, { familyGuid: null }),
        log("H", 200, 300, { familyGuid: null, databaseName: "HR", ...R2 }),
      ],
    },
    expected: { ok: true, order: ["F", "L"], reachedLsn: 200, problems: ["wrong-database H"] },
  },
  {
    name: "damaged and impossible backups are not used",
    input: { files: [full("F", 100, 150), log("L", 100, 200, { damaged: true }), log("M", 300, 200)] },
    expected: { ok: false, order: ["F"], reachedLsn: 150, problems: ["unreadable L", "unreadable M"] },
  },
  {
    name: "files that are no backup",
    input: { files: [full("F", 100, 150)], unreadable: [{ name: "notes.txt", code: "not_a_backup" }] },
    expected: { ok: false, order: ["F"], reachedLsn: 150, problems: ["unreadable notes.txt"] },
  },
  {
    name: "a filegroup backup has no part in it",
    input: { files: [full("F", 100, 150), file("G", { type: "file", firstLsn: 100, lastLsn: 300 })] },
    expected: { ok: true, order: ["F"], reachedLsn: 150, problems: ["not-needed G"] },
  },
  {
    name: "a target goes on: logs already applied are too early, its full is not needed",
    input: {
      from: { lsn: 200n, differentialBaseGuid: "G-F", lastRecoveryForkGuid: "R1" },
      files: [full("F", 100, 150), log("L1", 100, 200), log("L2", 200, 300)],
    },
    expected: { ok: true, order: ["L2"], reachedLsn: 300, problems: ["too-early L1", "not-needed F"] },
  },
  {
    name: "a target goes on with a differential on its base, not with one on another",
    input: {
      from: { lsn: 200n, differentialBaseGuid: "G-F" },
      files: [diff("D", "F", 300, 310), diff("E", "X", 400, 410)],
    },
    expected: { ok: false, order: ["D"], reachedLsn: 310, problems: ["wrong-base E"] },
  },
  {
    name: "a target on another fork",
    input: { from: { lsn: 200n, lastRecoveryForkGuid: "R2" }, files: [log("L", 100, 300)] },
    expected: { ok: false, order: [], reachedLsn: 200, problems: ["fork L 100..300"] },
  },
  {
    name: "a full where a log was due",
    input: { from: { lsn: 200n }, files: [full("F2", 300, 350)] },
    expected: { ok: false, order: [], reachedLsn: 200, problems: ["gap 200..300", "not-needed F2"] },
  },
  {
    name: "a full next to the log that was due",
    input: { from: { lsn: 200n }, files: [full("F2", 300, 350), log("L", 200, 320)] },
    expected: { ok: true, order: ["L"], reachedLsn: 320, problems: ["not-needed F2"] },
  },
  {
    name: "a target and nothing new",
    input: { from: { lsn: 200n }, files: [] },
    expected: { ok: true, order: [], reachedLsn: 200, problems: [] },
  },
  {
    name: "the worked example: a log during the full, a gap, and a differential across it",
    input: {
      files: [
        full("F", 504, 520),
        log("L0", 100, 510),
        log("L1", 510, 816),
        diff("I1", "F", 901, 903),
        log("L3", 902, 999),
      ],
    },
    expected: {
      ok: true,
      order: ["F", "I1", "L3"],
      reachedLsn: 999,
      problems: ["too-early L0", "not-needed L1"],
    },
  },
];
