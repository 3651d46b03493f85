import { describe, expect, it } from "vitest";
import type { EventView } from "@/lib/contracts/event";
import { createTranslator } from "@/lib/i18n/translator";
import { type EventPayloads, type EventType, isEventType } from "@/lib/migration/vocabulary/events";
import { eventText } from "./event-text";

const event = (type: string, payload: EventView["payload"]) => ({ type, payload });
const english = createTranslator("en");
const chinese = createTranslator("zh-CN");
const plain = (text: string) => text.replaceAll("\u00a0", " ");

/** One of every type: a payload that is not what the engine writes does not compile. */
const PAYLOADS: EventPayloads = {
  draft_created: {},
  migration_started: { database: "Shop" },
  step_started: { kind: "upload", round: 1 },
  step_succeeded: { kind: "upload", round: 1, seconds: 83 },
  step_failed: { kind: "await_import", round: 1, reason: "rds_forbidden" },
  step_retrying: { kind: "upload", attempt: 2, reason: "oss_timeout", waitSeconds: 4 },
  step_unknown: { kind: "import" },
  backup_written: { file: "a.trn", sizeBytes: 1024 },
  file_found: { file: "a.trn", sizeBytes: 1024 },
  file_unpacked: { file: "a.zip.log", to: "a.trn" },
  file_renamed: { file: "a@b", to: "a1f3c.bak" },
  drift_raised: { drift: "foreign_log", path: "D:\\x.trn", fromLsn: "1", toLsn: "2" },
  drift_cleared: { drift: "base_reset" },
  drift_dismissed: { drift: "foreign_log" },
  bucket_cleaned: { count: 3, sizeBytes: 30 },
  bucket_deleted: { bucket: "b" },
  deadline_set: { minutes: 5, after: "take_back" },
  deadline_passed: { minutes: 5, after: "ask", why: "forecast", restSeconds: 400 },
  file_witnessed: { file: "a.bak", by: "server" },
  file_stated: { file: "a.bak", type: "log", firstLsn: "1", lastLsn: "2", by: "person" },
  archive_refused: { file: "a.zip", reason: "archive_damaged" },
  header_read: { file: "a.trn", type: "log", firstLsn: "1", lastLsn: "2", reads: 2, bytesRead: 71_000 },
  upload_finished: { file: "a.trn", sizeBytes: 1024, parts: 3, crc64: "99" },
  file_refused: { file: "a.trn", kind: "gap", fromLsn: "1", toLsn: "2", message: "m" },
  file_skipped: { file: "a.trn", reason: "duplicate" },
  file_overlooked: { file: "Sales/link.bak", why: "link" },
  timelines_found: { count: 2 },
  timeline_confirmed: {
    forkGuid: "22222222-0000-0000-0000-000000000002",
    newestAt: "2026-11-20T01:10:00",
    by: "person",
  },
  import_intended: { file: "a.trn" },
  import_accepted: { file: "a.trn", rdsTaskId: "t", requestId: "r" },
  import_found: { file: "a.trn", rdsTaskId: "t" },
  import_refused: { file: "a.trn", code: "Forbidden" },
  rds_status: { file: "a.trn", status: "restoring" },
  file_imported: { file: "a.trn", lastLsn: "2" },
  round_requested: { backup: "log" },
  schedule_changed: { mode: "back_to_back" },
  cutover_requested: { stopWrites: "restricted_user", checkMode: "async" },
  cutover_armed: { until: "http", at: null, host: "checks.example" },
  cutover_disarmed: {},
  hold_released: { until: "time" },
  checklist_set: { count: 2 },
  checklist_ticked: { text: "Stop the shop", ticked: true },
  cutover_approved: {},
  hold_missed: { at: "2026-05-17T00:00:00.000Z" },
  hook_set: { host: "gate.example", count: 2 },
  hook_called: { moment: "before_open", host: "gate.example", attempt: 1, status: 204, said: "" },
  hook_unheard: { moment: "before_stop", host: "gate.example", attempt: 1 },
  hook_given_up: { moment: "taken_back", host: "gate.example", attempt: 7 },
  writes_stopped: { how: "operator" },
  open_intended: {},
  open_accepted: { requestId: "r" },
  open_found: {},
  database_online: { downtimeSeconds: 108 },
  check_succeeded: {},
  check_failed: { description: "8 errors" },
  throttled: { system: "rds", waitSeconds: 12 },
  cancelled: { rdsTaskId: null },
  sessions_left: { sessionsLeft: 2 },
  release_requested: { why: "cancel" },
  source_released: { access: "MULTI_USER", recovered: true },
  source_given_up: { database: "Sales" },
  chain_begun_anew: { files: 3, rdsTaskId: "7" },
  rehearsal_dropped: { database: "Sales" },
  went_back: {},
  unknown_resolved: { outcome: "happened" },
  upload_paused: {},
  upload_resumed: {},
  upload_limited: { limitBytes: 1_000_000 },
  upload_unlimited: {},
  probe_changed: { probe: "source.version", before: "pass", verdict: "warn", answer: "a" },
  warning_accepted: { probe: "source.version", why: "w", answer: "a" },
  archived: { archived: true },
  aftercare_settled: { step: "accounts", state: "skipped", note: "no users" },
  account_created: { user: "app", account: "appsales", privilege: "ReadWrite" },
  row_counts_compared: { tables: 3, equal: 3, rows: 42 },
  first_backup_started: { jobId: "7" },
  first_backup_ended: { ok: true, backupId: "1000000007" },
  way_back_link_given: { backupId: "1000000008" },
  revert_window_set: { until: "2026-05-17T00:00:00.000Z" },
  revert_window_ended: {},
  check_run_ended: { state: "clean", database: "Shop" },
};

const EVENT_TYPES = Object.keys(PAYLOADS).filter(isEventType);

describe("eventText", () => {
  it.each(EVENT_TYPES)("%s is a whole sentence in both languages", (type) => {
    for (const translator of [english, chinese]) {
      const text = eventText(event(type, PAYLOADS[type]), translator);
      expect(text).not.toBe(type);
      expect(text).not.toMatch(/[{}]|undefined|[a-z]_[a-z]/);
    }
  });

  it("speaks the words of the trade", () => {
    const say = (type: EventType) => plain(eventText(event(type, PAYLOADS[type]), english));
    expect(say("step_succeeded")).toBe("Upload to OSS done after 1m 23s");
    expect(say("file_refused")).toContain("a log backup is missing before it");
    expect(say("header_read")).toBe("Header of a.trn read: Log backup, LSN 1 to 2; 2 reads, 69.3 KiB");
    expect(say("database_online")).toContain("1m 48s");
    expect(say("revert_window_set")).toBe("The way back is kept open until 2026-05-17 00:00 UTC");
    expect(plain(eventText(event("database_online", { downtimeSeconds: null }), english))).toBe(
      "Database online",
    );
  });

  it("says who may still write once writes are stopped", () => {
    const left = (sessionsLeft: number) =>
      plain(eventText(event("sessions_left", { sessionsLeft }), english));
    expect(left(0)).toBe("Since then no session is in the source database");
    expect(left(2)).toBe("Since then 2 sessions of privileged logins are in the source database");
  });

  it("never loses an event that it does not know", () => {
    expect(eventText(event("new_in_a_later_version", {}), english)).toBe("new_in_a_later_version");
    expect(eventText(event("step_started", { kind: "of_a_later_version" }), english)).toBe(
      "step_started (kind: of_a_later_version)",
    );
    expect(eventText(event("upload_started", { file: "a.trn", sizeBytes: 1024 }), english)).toBe(
      "upload_started (file: a.trn, sizeBytes: 1024)",
    );
    expect(eventText(event("header_read", {}), chinese)).toBe("header_read");
  });
});
