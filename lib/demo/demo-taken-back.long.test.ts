import { expect, test } from "vitest";
import { command, demo, expectOnline, typesOf } from "./demo-fixture";

/** As it was before anything was begun. */
const UNTOUCHED = { state: "ONLINE", userAccess: "MULTI_USER", readOnly: false, writable: true };

test.each([
  ["target-opened", "drift.target_opened"],
  ["target-deleted", "drift.target_deleted"],
])("%s after the first log: seen between rounds, and writes are never stopped", async (scenario, probe) => {
  const report = await demo({ scenario });
  expect(report).toMatchObject({ status: "blocked", probe, downtimeSeconds: null, source: UNTOUCHED });
  expect(typesOf(report).slice(0, 3)).toEqual(["full", "differential", "log"]);
  expect(typesOf(report)).not.toContain("tail");
  for (const file of report.files) expect(file.importedTimes, file.name).toBe(1);
  expect("message" in report ? report.message : "").toMatch(/^\S.{40,}\.$/);
  expect(JSON.stringify(report)).not.toMatch(/\{[a-z]\w*\}/i);
});

test.each(["cutover-oss-down"])(
  "%s: the cutover is taken back, and the source is as it was",
  async (scenario) => {
    const report = await demo({ scenario });
    expect(report).toMatchObject({ status: "taken-back", downtimeSeconds: null, source: UNTOUCHED });
    expect(typesOf(report)).not.toContain("tail");
  },
);

test("deadline: passed before RDS is asked to open, so that the cutover is taken back by itself", async () => {
  const { code, report } = await command(["--scenario", "deadline"]);
  expect(report).toMatchObject({
    status: "taken-back",
    failure: null,
    downtimeSeconds: null,
    source: UNTOUCHED,
  });
  expect(report).toMatchObject({ deadline: { after: "take_back", passed: { why: expect.any(String) } } });
  expect(typesOf(report)).not.toContain("tail");
  expect(code).toBe(1);
});

test("cutover-import-failed: taken back, and the command tells it by its exit code", async () => {
  const { code, report } = await command(["--scenario", "cutover-import-failed"]);
  expect(report).toMatchObject({ status: "taken-back", source: UNTOUCHED });
  expect(code).toBe(1);
});

test("go-back-and-again: past the last log back, over the hole by a differential, and into a second cutover that ends online", async () => {
  const report = await demo({ scenario: "go-back-and-again" });
  expectOnline(report);
  // The first cutover's last log went into no target; what was written since comes with the differential.
  expect(typesOf(report)).toEqual(["full", "differential", "log", "log", "differential", "tail"]);
  const [bridge, tail] = report.files.slice(-2);
  expect(BigInt(tail?.firstLsn ?? 0)).toBeLessThanOrEqual(BigInt(bridge?.lastLsn ?? 0));
  expect(BigInt(tail?.lastLsn ?? 0)).toBeGreaterThan(BigInt(bridge?.lastLsn ?? 0));
});

test("hook-refuses: the system that is asked does not let it be opened; the source is as it was, and each call is told", async () => {
  const report = await demo({ scenario: "hook-refuses" });
  expect(report).toMatchObject({
    ...{ status: "taken-back", failure: null, downtimeSeconds: null, source: UNTOUCHED },
    hook: { by: "hook", gate: "before_open", status: 409 },
  });
  // What is told after a phase is told beside it: some of it behind the end of this run.
  const asked = report.hookCalls?.filter(({ moment }) => moment.startsWith("before_")) ?? [];
  expect(asked.map(({ moment, attempt, status }) => `${moment} ${attempt} ${status}`)).toEqual([
    "before_stop 1 204",
    "before_tail 1 204",
    "before_open 1 409",
  ]);
  expect(report.hookCalls).toContainEqual({ moment: "after_stop", attempt: 1, status: 204 });
});
