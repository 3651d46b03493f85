import { describe, expect, test } from "vitest";
import type { MigrationSnapshot } from "@/lib/migration/snapshot";
import { proposeDifferential, waitingLogs } from "./propose-differential";
import { CUTOVER, file, migration, roundOf, step } from "./snapshot-fixture";

const GB = 1_000_000_000;
const HOUR_MS = 3_600_000;
const FACTS = {
  waiting: Array.from({ length: 30 }, () => ({ bytes: GB / 100, needsUpload: true })),
  imports: { used: 1, limit: 20 },
  nowMs: 3 * HOUR_MS,
  timeFactor: 1,
};
const PREFLIGHT = step("preflight", null, null);
const restored = (more: Partial<MigrationSnapshot> = {}) =>
  migration([PREFLIGHT, ...roundOf(0, "f0", "await_import")], {
    backupBy: "others",
    files: [file("f0", "full", { sizeBytes: 90 * GB })],
    ...more,
  });

describe("a differential is proposed", () => {
  test("where the logs that wait take more imports than the day has; now, when RDS is at nothing", () => {
    expect(proposeDifferential(restored(), FACTS)).toMatchObject({
      why: "budget",
      replaces: 30,
      imports: { logs: 30, differential: 1, left: 19 },
      takeAt: null,
    });
  });

  test("while RDS is at the full for hours: not now, but so that it is there when that is restored", () => {
    const steps = [
      PREFLIGHT,
      ...roundOf(0, "f0", "await_import", {}, { status: "waiting_external", finishedAtMs: null }),
    ];
    const files = [file("f0", "full", { sizeBytes: 720 * GB, state: "importing" })];
    const begun = migration(steps, { backupBy: "others", files });
    const found = proposeDifferential(begun, { ...FACTS, nowMs: 10_000 });
    expect(found?.replaces).toBe(30);
    expect(Date.parse(found?.takeAt ?? "")).toBeGreaterThan(HOUR_MS);
  });

  test.each([
    ["with one import and no round after it", { method: "immediate" }],
    ["once the cutover has begun", { cutover: CUTOVER }],
    ["while a full of somebody else is its base", { alarms: ["base_reset"] }],
    ["before RDS has the full", { files: [file("f0", "full", { state: "inspected" })] }],
    ["when it is over", { status: "cancelled" }],
  ] satisfies [string, Partial<MigrationSnapshot>][])("not %s", (_, more) => {
    expect(proposeDifferential(restored(more), FACTS)).toBeNull();
  });
});

describe("logs that wait", () => {
  const row = (
    state: Parameters<typeof waitingLogs>[0]["files"][number]["state"],
    lastLsn: string | null,
  ) => ({
    type: "log" as const,
    state,
    lastLsn,
    sizeBytes: BigInt(lastLsn ?? 0),
    localPath: "/b/log",
    uploadedAt: null,
  });
  test("are those behind what the target has and RDS is at, by LSN", () => {
    const files = [row("written", "30"), row("importing", "20"), row("written", "20"), row("uploaded", "25")];
    expect(waitingLogs({ targetLsn: "9", files }).map(({ bytes }) => bytes)).toEqual([25, 30]);
  });
  test("are not those that were refused, left out, or of which nothing is known", () => {
    const files = [row("refused", "30"), row("skipped", "31"), row("failed", "32"), row("written", null)];
    expect(waitingLogs({ targetLsn: null, files })).toEqual([]);
  });
});
