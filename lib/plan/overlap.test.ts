import { describe, expect, test } from "vitest";
import type { MigrationSnapshot, StepSnapshot } from "@/lib/migration/snapshot";
import type { Status } from "@/lib/migration/vocabulary/status";
import { actionsOf, allowedActions } from "./allowed-actions";
import { planNext } from "./plan-next";
import { CUTOVER, file, migration, roundOf, step } from "./snapshot-fixture";
import { standingOf } from "./standing";

const NOW = 10_000;
const PREFLIGHT = step("preflight", null, null);
const HOUR_MS = 3_600_000;

const kinds = (snapshot: MigrationSnapshot) =>
  planNext(snapshot, NOW).map((planned) => `${planned.kind}:${planned.round}`);
const allowed = (snapshot: MigrationSnapshot, action: string) =>
  allowedActions(snapshot).some((one) => one === action);
const full = file("f0", "full", { state: "importing" });
/** RDS is at the full. */
const restoring = (status: Status = "waiting_external", more: Partial<StepSnapshot> = {}) => [
  PREFLIGHT,
  ...roundOf(0, "f0", "await_import", {}, { status, finishedAtMs: null, ...more }),
];

describe("while RDS restores the full", () => {
  test("the next file may be taken by hand, and only the next one", () => {
    const waiting = migration(restoring(), { files: [full] });
    expect(kinds(waiting)).toEqual([]);
    expect(allowed(waiting, "take_log")).toBe(true);
    expect(allowed(waiting, "take_differential")).toBe(true);
    expect(allowed(waiting, "cutover")).toBe(false);
    const log = file("f1", "log", { state: "inspected" });
    const prepared = migration([...restoring(), ...roundOf(1, "f1", "inspect")], { files: [full, log] });
    expect(allowed(prepared, "take_log")).toBe(false);
    expect(actionsOf(prepared).find(({ action }) => action === "take_log")?.whyNot).toBe("in_hand");
  });

  test("it is taken, uploaded and read; its import waits for its turn", () => {
    const files = [full, file("f1", "log", { state: "written" })];
    const ahead = (upTo: "backup" | "upload" | "inspect") =>
      kinds(migration([...restoring(), ...roundOf(1, "f1", upTo)], { files }));
    expect(ahead("backup")).toEqual(["upload:1"]);
    expect(ahead("upload")).toEqual(["inspect:1"]);
    expect(ahead("inspect")).toEqual([]);
    const restored = [PREFLIGHT, ...roundOf(0, "f0", "await_import"), ...roundOf(1, "f1", "inspect")];
    expect(kinds(migration(restored, { files: [file("f0", "full"), full] }))).toEqual(["import:1"]);
  });

  test.each(["failed", "unknown", "waiting_for_user"] as const)(
    "nothing new begins, and nothing goes in, once that is %s",
    (status) => {
      const schedule = { mode: "back_to_back", untilBytes: 1, backup: "log" } as const;
      const stopped = migration(restoring(status), { files: [full], schedule });
      expect(kinds(stopped)).toEqual([]);
      expect(allowed(stopped, "take_log")).toBe(false);
      const prepared = [...restoring(status), ...roundOf(1, "f1", "inspect")];
      expect(
        kinds(migration(prepared, { files: [full, file("f1", "log", { state: "inspected" })] })),
      ).toEqual([]);
    },
  );

  test("others' next file is looked for, and neither is anything asked of a person nor does the look count as work", () => {
    const files = [full];
    const begun = migration(restoring(), { backupBy: "others", files });
    expect(planNext(begun, NOW)).toMatchObject([
      { kind: "find_file", round: 1, input: { wait: true, final: false } },
    ]);
    const look = step("find_file", 1, null, {
      status: "waiting_for_backup",
      finishedAtMs: null,
      aim: { backup: null, final: false },
    });
    const looking = migration([...restoring(), look], { backupBy: "others", files });
    expect(kinds(looking)).toEqual([]);
    expect(standingOf(looking, NOW)).toEqual({ status: "waiting_external", phase: "full", needs: null });
    expect(allowed(looking, "scan_now")).toBe(true);
  });

  test("with immediate access nothing follows it", () => {
    const schedule = { mode: "every", minutes: 1, backup: "log" } as const;
    const only = migration(restoring(), { files: [full], method: "immediate", schedule });
    expect(kinds(only)).toEqual([]);
    expect(actionsOf(only).find(({ action }) => action === "take_log")?.whyNot).toBe("immediate");
  });
});

describe("schedules overlap restores, one file ahead", () => {
  const every = { mode: "every", minutes: 15, backup: "log" } as const;
  const packed = { mode: "back_to_back", untilBytes: 500, backup: "log" } as const;

  test("every n minutes: the next begins by the clock, the one after it not before the lane is free", () => {
    const begun = migration(restoring(), { files: [full], schedule: every });
    expect(planNext(begun, NOW)).toMatchObject([{ kind: "backup", round: 1, dueAtMs: 1_000 + 15 * 60_000 }]);
    const files = [full, file("f1", "log", { state: "inspected" })];
    const prepared = [...restoring(), ...roundOf(1, "f1", "inspect")];
    expect(kinds(migration(prepared, { files, schedule: every }))).toEqual([]);
  });

  test("back to back: at once, until a log is small", () => {
    expect(kinds(migration(restoring(), { files: [full], schedule: packed }))).toEqual(["backup:1"]);
    const importing = [
      PREFLIGHT,
      ...roundOf(0, "f0", "await_import"),
      ...roundOf(
        1,
        "f1",
        "await_import",
        { startedAtMs: 3_000 },
        { status: "waiting_external", finishedAtMs: null },
      ),
    ];
    const log = (sizeBytes: number) => [
      file("f0", "full"),
      file("f1", "log", { state: "importing", sizeBytes }),
    ];
    expect(kinds(migration(importing, { files: log(501), schedule: packed }))).toEqual(["backup:2"]);
    expect(kinds(migration(importing, { files: log(500), schedule: packed }))).toEqual([]);
  });

  test("a small log that waited for an earlier restore is followed by another, where more than a small one was written since", () => {
    const files = [file("f0", "full"), file("f1", "log", { sizeBytes: 100 })];
    const rounds = (startedAtMs: number) => [
      PREFLIGHT,
      ...roundOf(0, "f0", "await_import", {}, { finishedAtMs: 20 * HOUR_MS }),
      ...roundOf(1, "f1", "await_import", { startedAtMs, finishedAtMs: 21 * HOUR_MS }),
    ];
    expect(kinds(migration(rounds(HOUR_MS), { files, schedule: packed }))).toEqual(["backup:2"]);
    expect(kinds(migration(rounds(20 * HOUR_MS), { files, schedule: packed }))).toEqual([]);
    // Ten minutes of waiting, and 21 hours' log of a hundred bytes: nothing is worth an import of its own.
    expect(kinds(migration(rounds(20 * HOUR_MS - 600_000), { files, schedule: packed }))).toEqual([]);
  });

  test("nothing is taken ahead after a refusal, and none while a refused file may come to fit", () => {
    const refused = file("f1", "log", { state: "refused" });
    const held = [...restoring(), ...roundOf(1, "f1", "inspect", {}, { status: "refused" })];
    const snapshot = migration(held, { files: [full, refused], schedule: packed });
    expect(kinds(snapshot)).toEqual([]);
    expect(standingOf(snapshot, NOW)).toMatchObject({
      status: "waiting_external",
      needs: { key: "file_refused" },
    });
    expect(allowed(snapshot, "take_differential")).toBe(true);
    const bridging = [
      PREFLIGHT,
      ...roundOf(0, "f0", "await_import"),
      ...roundOf(1, "f1", "inspect", {}, { status: "refused" }),
      ...roundOf(2, "f2", "await_import", {}, { status: "waiting_external", finishedAtMs: null }),
    ];
    const files = [file("f0", "full"), refused, file("f2", "differential", { state: "importing" })];
    expect(kinds(migration(bridging, { files, schedule: packed }))).toEqual([]);
  });
});

describe("the lane of imports", () => {
  test("goes in the order of the rounds, one at a time", () => {
    const files = [
      file("f0", "full"),
      file("f1", "log", { state: "inspected" }),
      file("f2", "log", { state: "inspected" }),
    ];
    const both = [
      PREFLIGHT,
      ...roundOf(0, "f0", "await_import"),
      ...roundOf(1, "f1", "inspect"),
      ...roundOf(2, "f2", "inspect"),
    ];
    expect(kinds(migration(both, { files }))).toEqual(["import:1"]);
    const handed = [...both, step("import", 1, "f1")];
    expect(kinds(migration(handed, { files }))).toEqual(["await_import:1"]);
    const refused = [...both, step("import", 1, "f1", { status: "refused" })];
    expect(kinds(migration(refused, { files }))).toEqual(["import:2"]);
    const failed = [...handed, step("await_import", 1, "f1", { status: "failed" })];
    expect(kinds(migration(failed, { files }))).toEqual([]);
    const left = [...handed, step("await_import", 1, "f1", { status: "skipped" })];
    expect(kinds(migration(left, { files }))).toEqual(["import:2"]);
  });

  test("a file that is uploaded again stands before those that were prepared after it", () => {
    const files = [file("f0", "full"), file("f1", "log"), file("f2", "log", { state: "inspected" })];
    const again = [
      PREFLIGHT,
      ...roundOf(0, "f0", "await_import"),
      ...roundOf(1, "f1", "upload", {}, { status: "running", finishedAtMs: null }),
      ...roundOf(2, "f2", "inspect"),
    ];
    expect(kinds(migration(again, { files }))).toEqual([]);
  });
});

describe("cutover", () => {
  test("writes are stopped only when nothing is in hand any more", () => {
    const files = [
      file("f0", "full"),
      file("f1", "log", { state: "importing" }),
      file("f2", "log", { state: "inspected" }),
    ];
    const inHand = [
      PREFLIGHT,
      ...roundOf(0, "f0", "await_import"),
      ...roundOf(1, "f1", "await_import", {}, { status: "waiting_external", finishedAtMs: null }),
      ...roundOf(2, "f2", "inspect"),
    ];
    expect(kinds(migration(inHand, { files, cutover: CUTOVER }))).toEqual([]);
    const prepared = [
      PREFLIGHT,
      ...roundOf(0, "f0", "await_import"),
      ...roundOf(1, "f1", "await_import"),
      ...roundOf(2, "f2", "inspect"),
    ];
    expect(kinds(migration(prepared, { files, cutover: CUTOVER }))).toEqual(["import:2"]);
    const done = [
      PREFLIGHT,
      ...roundOf(0, "f0", "await_import"),
      ...roundOf(1, "f1", "await_import"),
      ...roundOf(2, "f2", "await_import"),
    ];
    expect(kinds(migration(done, { files, cutover: CUTOVER }))).toEqual(["check_target:null"]);
  });

  test("a look that was taken back is no last look: others' files are looked at once more before the opening", () => {
    const cutover = { ...CUTOVER, stopWrites: "operator" } as const;
    const aim = { backup: null, final: false };
    const steps = [
      PREFLIGHT,
      ...roundOf(0, "f0", "await_import"),
      step("find_file", 1, null, { status: "cancelled", aim }),
    ];
    expect(kinds(migration(steps, { backupBy: "others", files: [file("f0", "full")], cutover }))).toEqual([
      "find_file:2",
    ]);
  });
});

describe("waiting longer than a kind may", () => {
  test("is said, with the step and the hours", () => {
    const size = { ...full, sizeBytes: 18e9 };
    const late = migration(restoring("waiting_external", { startedAtMs: 0 }), { files: [size] });
    expect(standingOf(late, 1.9 * HOUR_MS).needs).toBeNull();
    expect(standingOf(late, 2.1 * HOUR_MS).needs).toEqual({
      key: "step_overdue",
      params: { kind: "await_import", hours: 2 },
    });
  });
});
