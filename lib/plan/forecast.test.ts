import { expect, test } from "vitest";
import { forecastDowntimeSeconds, heldUntilMs } from "./forecast";
import { file, migration, step } from "./snapshot-fixture";

test("the source's wall clock becomes an instant only with its offset", () => {
  expect(heldUntilMs("2026-11-22T14:05:00", 480)).toBe(Date.parse("2026-11-22T06:05:00Z"));
  expect(heldUntilMs("2026-11-22T14:05:00", null)).toBeNull();
});

test("waiting for the restore of the file before does not count into the downtime", () => {
  const at = (startedAtMs: number, finishedAtMs: number) => ({ startedAtMs, finishedAtMs });
  const steps = [
    step("find_file", 1, "l", at(0, 50_000)),
    step("backup", 1, "l", at(50_000, 55_000)),
    step("upload", 1, "l", at(55_000, 60_000)),
    step("inspect", 1, "l", at(60_000, 61_000)),
    step("import", 1, "l", at(3_600_000, 3_601_000)),
    step("await_import", 1, "l", at(3_601_000, 3_620_000)),
  ];
  expect(forecastDowntimeSeconds(migration(steps, { files: [file("l", "log")] }))).toBe(31);
  expect(forecastDowntimeSeconds(migration(steps, { files: [file("l", "full")] }))).toBeNull();
});
