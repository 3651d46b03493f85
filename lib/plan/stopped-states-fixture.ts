import type { MigrationSnapshot, StepSnapshot } from "@/lib/migration/snapshot";
import { CUTOVER, FULL_ROUND, file, migration, roundOf, step } from "./snapshot-fixture";

/** When the examples are looked at, milliseconds since 1970. */
export const NOW = 1_000_000_000;

const full = file("f0", "full");
const fulls = [full];
const inRounds = (more: Partial<MigrationSnapshot> = {}, steps: StepSnapshot[] = []) =>
  migration([...FULL_ROUND, ...steps], { phase: "rounds", files: fulls, ...more });
const refused = [full, file("f1", "log", { state: "refused" })];
const refusedRound = [
  step("backup", 1, "f1"),
  step("upload", 1, "f1"),
  step("inspect", 1, "f1", { status: "refused" }),
];
const look = {
  aim: { backup: null, final: false },
  status: "waiting_for_backup",
  finishedAtMs: null,
} as const;
const unread = {
  ...look,
  status: "waiting_for_user",
  held: { reason: "file_unread", params: { file: "full.bak", count: 1 } },
} as const;
const asked = { ...CUTOVER, stopWrites: "operator" as const };
const held = { how: "norecovery_tail" } as const;
const tail = [full, file("f1", "log", { state: "inspected", final: true, tail: true })];
const stopped = [
  step("stop_writes", null, null),
  step("backup", 1, "f1", { aim: { backup: "log", final: true } }),
];
const late = {
  minutes: 30,
  after: "ask" as const,
  passed: { at: "2026-01-01T00:30:00Z", why: "reached" as const },
};

/** Migrations that stand as each row of `docs/stopped-states.md` says, by its first state and its first need. */
export const EXAMPLES: Readonly<Record<string, readonly MigrationSnapshot[]>> = {
  "draft finish_draft": [migration([], { status: "draft", phase: "draft" })],
  "waiting_for_backup upload_next_file": [
    inRounds({ backupBy: "others" }, [step("find_file", 1, null, look)]),
    inRounds({ backupBy: "others", cutover: asked }, [step("find_file", 1, null, look)]),
  ],
  "waiting_for_user take_backup": [inRounds()],
  "waiting_for_user hold_missed": [inRounds({ armed: true, heldBecause: "hold_time_passed" })],
  "waiting_for_user cutover_ready": [
    inRounds(
      {
        schedule: { mode: "back_to_back", untilBytes: 5_000, backup: "log" },
        files: [full, file("f1", "log")],
      },
      [...roundOf(1, "f1", "await_import")],
    ),
  ],
  "waiting_for_user file_refused": [
    inRounds({ files: refused }, refusedRound),
    inRounds({ files: refused, cutover: CUTOVER }, refusedRound),
  ],
  "waiting_for_user source_closed": [
    inRounds({ cutover: CUTOVER, custody: held, release: { why: "go_back" }, files: tail }, [
      ...stopped,
      step("release_source", null, null, { status: "retrying", finishedAtMs: null }),
    ]),
  ],
  "waiting_for_user drift": [inRounds({ alarms: ["foreign_log"] })],
  "waiting_for_user target_lost": [inRounds({ alarms: ["target_opened"] })],
  "waiting_for_user timeline": [
    inRounds({ unclearTimelines: 2, backupBy: "others", files: refused }, [step("find_file", 1, null, look)]),
    inRounds({ unclearTimelines: 2, cutover: CUTOVER }),
  ],
  "waiting_for_user file_unread": [
    inRounds({ backupBy: "others" }, [step("find_file", 1, null, unread)]),
    inRounds({ backupBy: "others", cutover: asked }, [step("find_file", 1, null, unread)]),
  ],
  "waiting_external step_held": [
    inRounds({ cutover: CUTOVER, hook: { moments: ["before_stop"] } }, [
      step("call_hook", null, null, {
        gate: "before_stop",
        status: "waiting_external",
        finishedAtMs: null,
        held: { reason: "hook_waits", params: {} },
      }),
    ]),
  ],
  "waiting_for_user step_held": [
    inRounds({ cutover: CUTOVER, files: tail }, [
      step("import", 1, "f1", {
        status: "waiting_for_user",
        finishedAtMs: null,
        held: { reason: "rds_restore_unclear", params: {} },
      }),
    ]),
  ],
  "waiting_external step_overdue": [
    inRounds({ cutover: CUTOVER, files: [full, file("f1", "log", { state: "importing" })] }, [
      ...roundOf(1, "f1", "await_import", {}, { status: "waiting_external", finishedAtMs: null }),
    ]),
    inRounds({}, [step("upload", 1, "f1", { status: "running", finishedAtMs: null })]),
  ],
  "waiting_external deadline_passed": [
    inRounds({ cutover: { ...CUTOVER, deadline: late }, custody: held, files: tail }, [
      ...stopped,
      step("upload", 1, "f1", { status: "running", finishedAtMs: null }),
    ]),
  ],
  "failed step_failed": [
    inRounds({ alarms: ["target_task_ended"], files: [full, file("f1", "log", { state: "failed" })] }, [
      ...roundOf(1, "f1", "await_import", {}, { status: "failed" }),
    ]),
    inRounds({ cutover: CUTOVER, files: tail }, [step("upload", 1, "f1", { status: "failed" })]),
  ],
  "failed check_failed": [
    inRounds({ cutover: CUTOVER, status: "failed", phase: "online" }, [
      step("open", null, null),
      step("await_open", null, null),
      step("await_check", null, null, { held: { reason: "dbcc_errors", params: {} } }),
    ]),
  ],
  "unknown step_unknown": [
    inRounds({}, [step("import", 1, "f1", { status: "unknown", finishedAtMs: null })]),
  ],
  "cancelling source_closed": [
    inRounds(
      { status: "cancelling", cutover: CUTOVER, custody: held, release: { why: "cancel" }, files: tail },
      [...stopped, step("release_source", null, null, { status: "retrying", finishedAtMs: null })],
    ),
  ],
  "cancelled none": [inRounds({ status: "cancelled" })],
};
