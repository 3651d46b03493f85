import { describe, expect, test } from "vitest";
import type { MigrationSnapshot } from "@/lib/migration/snapshot";
import { TARGET_DRIFT_KINDS } from "@/lib/migration/vocabulary/drift-kind";
import { allowedActions } from "./allowed-actions";
import { cutoverConditions } from "./cutover-conditions";
import { planNext } from "./plan-next";
import { CUTOVER, FULL_ROUND, file, migration, roundOf, step } from "./snapshot-fixture";
import { standingOf } from "./standing";

function kinds(snapshot: MigrationSnapshot, nowMs = 10_000): string[] {
  return planNext(snapshot, nowMs).map((planned) => `${planned.kind}:${planned.round}`);
}

describe("within a round", () => {
  test("begins with preflight, then the full backup", () => {
    expect(kinds(migration([]))).toEqual(["preflight:null"]);
    expect(kinds(migration(FULL_ROUND.slice(0, 1)))).toEqual(["backup:0"]);
  });

  test.each([
    [2, "upload:0"],
    [3, "inspect:0"],
    [4, "import:0"],
    [5, "await_import:0"],
  ])("after %i steps comes %s", (count, expected) => {
    const files = [file("f0", "full", { state: "written" })];
    expect(kinds(migration(FULL_ROUND.slice(0, count), { files }))).toEqual([expected]);
  });

  test("nothing while a step is open, failed or unknown", () => {
    for (const status of [
      "queued",
      "running",
      "waiting_external",
      "retrying",
      "failed",
      "unknown",
    ] as const) {
      expect(kinds(migration([step("preflight", null, null, { status })]))).toEqual([]);
    }
  });

  test("planning twice gives the same answer", () => {
    const snapshot = migration(FULL_ROUND.slice(0, 3), {
      files: [file("f0", "full", { state: "uploaded" })],
    });
    expect(planNext(snapshot, 5)).toEqual(planNext(snapshot, 5));
  });

  test("a found file that lies in the bucket already is not uploaded", () => {
    const found = [step("preflight", null, null), step("find_file", 0, "f0")];
    const inBucket = migration(found, {
      backupBy: "others",
      files: [file("f0", "full", { state: "uploaded" })],
    });
    const inFolder = migration(found, {
      backupBy: "others",
      files: [file("f0", "full", { state: "written", needsUpload: true })],
    });
    expect(kinds(inBucket)).toEqual(["inspect:0"]);
    expect(kinds(inFolder)).toEqual(["upload:0"]);
    // Both the look and the upload are done now, and what follows either comes once.
    const sent = migration([...found, step("upload", 0, "f0")], inBucket);
    expect(kinds(sent)).toEqual(["inspect:0"]);
  });
});

test("a full that was chosen in the bucket is not taken again", () => {
  const [planned] = planNext(migration(FULL_ROUND.slice(0, 1), { firstObjectKey: "p/full.bak" }), 0);
  expect(planned).toMatchObject({ kind: "find_file", round: 0, input: { key: "p/full.bak", wait: true } });
});

test("a full that failed waits for a person; once it is left out another is taken", () => {
  const failed = [...FULL_ROUND.slice(0, 5), step("await_import", 0, "f0", { status: "failed" })];
  const skipped = [...FULL_ROUND.slice(0, 5), step("await_import", 0, "f0", { status: "skipped" })];
  const of = (state: "failed" | "refused" | "skipped") => ({ files: [file("f0", "full", { state })] });
  expect(kinds(migration(failed, of("failed")))).toEqual([]);
  expect(kinds(migration(skipped, of("refused")))).toEqual([]);
  expect(planNext(migration(skipped, of("skipped")), 10_000)).toMatchObject([
    { kind: "backup", round: 1, input: { backup: "full" } },
  ]);
});

describe("between rounds", () => {
  const files = [file("f0", "full")];

  test("by hand: waits for a person", () => {
    const snapshot = migration(FULL_ROUND, { files });
    expect(kinds(snapshot)).toEqual([]);
    expect(standingOf(snapshot, 10_000)).toMatchObject({
      status: "waiting_for_user",
      phase: "rounds",
      needs: { key: "take_backup" },
    });
    expect(allowedActions(snapshot)).toEqual([
      "take_log",
      "take_differential",
      "scan_now",
      "set_schedule",
      "cutover",
      "cancel",
    ]);
  });

  test("every n minutes: from the start of the last round, never in the past", () => {
    const schedule = { mode: "every", minutes: 15, backup: "log" } as const;
    const [planned] = planNext(migration(FULL_ROUND, { files, schedule }), 60_000);
    expect(planned).toMatchObject({
      kind: "backup",
      round: 1,
      dueAtMs: 1_000 + 15 * 60_000,
      input: { backup: "log" },
    });
    const [late] = planNext(migration(FULL_ROUND, { files, schedule }), 9_000_000);
    expect(late?.dueAtMs).toBe(9_000_000);
  });

  test.each([
    ["every n minutes", { mode: "every", minutes: 15, backup: "log" } as const],
    ["back to back", { mode: "back_to_back", untilBytes: 1, backup: "log" } as const],
  ])("%s: until only the reserve of the day's imports is left, then on the next day", (_, schedule) => {
    const day = 24 * 3_600_000;
    const rounds = (imports: number) =>
      migration(
        [
          ...FULL_ROUND,
          ...Array.from({ length: imports - 1 }, (_, index) =>
            roundOf(index + 1, "f1", "await_import"),
          ).flat(),
        ],
        { files: [...files, file("f1", "log")], schedule },
      );
    const dueOf = (imports: number, nowMs: number) => planNext(rounds(imports), nowMs)[0]?.dueAtMs;
    expect(dueOf(15, 9_000_000) ?? 9_000_000).toBe(9_000_000);
    expect(dueOf(16, 9_000_000)).toBe(day);
    expect(dueOf(16, day + 9_000_000) ?? day + 9_000_000).toBe(day + 9_000_000);
  });

  test("back to back: until a log is small enough", () => {
    const schedule = { mode: "back_to_back", untilBytes: 500, backup: "log" } as const;
    const round = [
      ...FULL_ROUND,
      ...roundOf(1, "f1", "await_import", { startedAtMs: 3_000, finishedAtMs: 4_000 }),
    ];
    const large = migration(round, { files: [...files, file("f1", "log", { sizeBytes: 501 })], schedule });
    const small = migration(round, { files: [...files, file("f1", "log", { sizeBytes: 500 })], schedule });
    expect(kinds(large)).toEqual(["backup:2"]);
    expect(kinds(small)).toEqual([]);
    expect(standingOf(small, 10_000).needs?.key).toBe("cutover_ready");
  });

  test("a refused log stops the schedule and asks a person", () => {
    const schedule = { mode: "back_to_back", untilBytes: 1, backup: "log" } as const;
    const refused = [...FULL_ROUND, step("inspect", 1, "f1", { status: "refused" })];
    const snapshot = migration(refused, {
      files: [...files, file("f1", "log", { state: "refused" })],
      schedule,
    });
    expect(kinds(snapshot)).toEqual([]);
    expect(standingOf(snapshot, 10_000)).toMatchObject({
      status: "waiting_for_user",
      needs: { key: "file_refused" },
    });
    expect(allowedActions(snapshot)).toContain("take_differential");
  });

  test("after something bridged the hole the refused file is looked at again", () => {
    const bridged = [...FULL_ROUND, step("await_import", 2, "f2")];
    const snapshot = migration(bridged, {
      files: [...files, file("f1", "log", { state: "refused" }), file("f2", "differential")],
    });
    expect(kinds(snapshot)).toEqual(["find_file:3"]);
  });
});

describe("cutover", () => {
  const files = [file("f0", "full"), file("f1", "log")];

  test("stop writes, tail, open, follow", () => {
    const asked = migration(FULL_ROUND, { files, cutover: CUTOVER });
    expect(kinds(asked)).toEqual(["check_target:null"]);
    const checked = [...FULL_ROUND, step("check_target", null, null)];
    expect(kinds(migration(checked, { files, cutover: CUTOVER }))).toEqual(["stop_writes:null"]);
    const stopped = [...checked, step("stop_writes", null, null)];
    const [tail] = planNext(migration(stopped, { files, cutover: CUTOVER }), 0);
    expect(tail).toMatchObject({ kind: "backup", input: { backup: "log", tail: true, final: true } });
    const done = [...stopped, step("await_import", 2, "t")];
    const withTail = [...files, file("t", "log", { final: true })];
    expect(kinds(migration(done, { files: withTail, cutover: CUTOVER }))).toEqual(["open:null"]);
    const opened = [...done, step("open", null, null)];
    expect(kinds(migration(opened, { files: withTail, cutover: CUTOVER }))).toEqual(["await_open:null"]);
    const online = [...opened, step("await_open", null, null), step("await_check", null, null)];
    const end = migration(online, { files: withTail, cutover: CUTOVER });
    expect(kinds(end)).toEqual([]);
    expect(standingOf(end, 10_000)).toEqual({ status: "succeeded", phase: "online", needs: null });
  });

  test("going back: a stop of writes that was undone is done again", () => {
    const undone = [
      ...FULL_ROUND,
      step("check_target", null, null),
      step("stop_writes", null, null, { status: "cancelled" }),
    ];
    expect(kinds(migration(undone, { files, cutover: CUTOVER }))).toEqual(["check_target:null"]);
  });

  test.each(["queued", "waiting_external", "retrying", "failed"] as const)(
    "writes are not stopped while the look at the target is %s",
    (status) => {
      const looking = [...FULL_ROUND, step("check_target", null, null, { status })];
      expect(kinds(migration(looking, { files, cutover: CUTOVER }))).toEqual([]);
    },
  );

  test("a target that takes no file stops the cutover and asks a person, who may go back", () => {
    const failed = [...FULL_ROUND, step("check_target", null, null, { status: "failed" })];
    const snapshot = migration(failed, { files, cutover: CUTOVER });
    expect(standingOf(snapshot, 10_000)).toEqual({
      status: "failed",
      phase: "cutover",
      needs: { key: "step_failed", params: { kind: "check_target" } },
    });
    expect(allowedActions(snapshot)).toContain("go_back");
    const back = [...FULL_ROUND, step("check_target", null, null, { status: "cancelled" })];
    expect(standingOf(migration(back, { files }), 10_000).phase).toBe("rounds");
  });

  test("a look at the target that was followed by going back leaves the migration among its rounds", () => {
    const back = [
      ...FULL_ROUND,
      step("check_target", null, null),
      step("stop_writes", null, null, { status: "cancelled" }),
    ];
    expect(standingOf(migration(back, { files }), 10_000).phase).toBe("rounds");
  });

  test("others' files: one last look, then open; never past a file that does not fit", () => {
    const cutover = { ...CUTOVER, stopWrites: "operator" } as const;
    const looked = [...FULL_ROUND, step("find_file", 2, null, { aim: { backup: null, final: true } })];
    const base = { backupBy: "others", cutover } as const;
    expect(kinds(migration(FULL_ROUND, { ...base, files }))).toEqual(["find_file:1"]);
    expect(kinds(migration(looked, { ...base, files }))).toEqual(["open:null"]);
    const refused = migration(looked, { ...base, files: [...files, file("x", "log", { state: "refused" })] });
    expect(kinds(refused)).toEqual([]);
    expect(standingOf(refused, 10_000).needs).toEqual({ key: "file_refused", params: { file: "x.bak" } });
  });

  test("conditions name what is yours and what clears by itself", () => {
    const refused = migration(FULL_ROUND, { files: [...files, file("x", "log", { state: "refused" })] });
    const states = Object.fromEntries(
      cutoverConditions(refused, { used: 19, limit: 20 }).map((condition) => [
        condition.key,
        condition.state,
      ]),
    );
    expect(states).toEqual({
      full_imported: "met",
      nothing_pending: "met",
      no_refused_file: "yours",
      no_foreign_backup: "met",
      target_takes_files: "met",
      imports_left: "wait",
      last_log_small: "met",
    });
  });
});

test("what somebody else did to the source comes before everything but a failure", () => {
  const files = [file("f0", "full")];
  const calm = migration(FULL_ROUND, { files });
  expect(standingOf(calm, 10_000).needs?.key).toBe("take_backup");
  const alarmed = migration(FULL_ROUND, { files, alarms: ["foreign_log"] });
  expect(standingOf(alarmed, 10_000).needs).toEqual({ key: "drift", params: { drift: "foreign_log" } });
  const states = cutoverConditions(alarmed, { used: 0, limit: 20 });
  expect(states.find(({ key }) => key === "no_foreign_backup")?.state).toBe("yours");
  const reset = cutoverConditions({ ...alarmed, alarms: ["base_reset"] }, { used: 0, limit: 20 });
  expect(reset.find(({ key }) => key === "no_foreign_backup")?.state).toBe("met");
});

test.each(TARGET_DRIFT_KINDS)("%s: a person is needed, and the cutover can't begin", (alarm) => {
  const calm = migration(FULL_ROUND, { files: [file("f0", "full")] });
  const lost = { ...calm, alarms: ["base_reset" as const, alarm] };
  expect(standingOf(lost, 10_000)).toMatchObject({
    status: "waiting_for_user",
    needs: { key: "target_lost", params: { drift: alarm } },
  });
  const states = cutoverConditions(lost, { used: 0, limit: 20 });
  expect(states.filter(({ state, soft }) => state !== "met" && !soft)).toEqual([
    { key: "target_takes_files", state: "yours", soft: false, params: {} },
  ]);
  // What is being given back is told first.
  const released = { ...lost, release: { why: "cancel" as const } };
  expect(standingOf(released, 10_000).status).toBe("cancelling");
});

test("one full backup with immediate access ends with its check", () => {
  const snapshot = migration(FULL_ROUND, { method: "immediate", files: [file("f0", "full")] });
  expect(kinds(snapshot)).toEqual(["await_check:null"]);
});
