import { describe, expect, test } from "vitest";
import { judgeDeadline } from "./judge-deadline";
import { CUTOVER, FULL_ROUND, file, migration, roundOf, step } from "./snapshot-fixture";

const STOPPED = 10_000_000;
const DEADLINE = { minutes: 5, after: "take_back", passed: null } as const;
const cutover = { ...CUTOVER, deadline: DEADLINE };

function facts(secondsSinceStop: number) {
  const nowMs = STOPPED + secondsSinceStop * 1_000;
  return { nowMs, stoppedAtMs: STOPPED, checkMode: "async", timeFactor: 1 } as const;
}

const full = file("f0", "full", { sizeBytes: 10e9 });
const tail = (more: Parameters<typeof file>[2]) =>
  file("t", "log", { final: true, tail: true, sizeBytes: 200e6, ...more });
const AT = { startedAtMs: STOPPED, finishedAtMs: STOPPED + 1_000 };
const stopped = step("stop_writes", null, null, AT);

/** Writes stopped, and the tail at the import by RDS. */
const importing = migration(
  [
    ...FULL_ROUND,
    stopped,
    ...roundOf(1, "t", "await_import", AT, { status: "waiting_external", finishedAtMs: null }),
  ],
  { files: [full, tail({ state: "importing" })], cutover },
);
const opening = migration([...FULL_ROUND, stopped, ...roundOf(1, "t", "await_import", AT)], {
  files: [full, tail({ state: "imported" })],
  cutover,
});

describe("passed", () => {
  test("by the clock, whatever the forecast says", () => {
    expect(judgeDeadline(opening, facts(299.9))?.why).toBe("forecast");
    expect(judgeDeadline(opening, facts(300))?.why).toBe("reached");
  });

  test("by the forecast of what is left: a part that is over is not counted again", () => {
    expect(judgeDeadline(importing, facts(30))).toBeNull();
    const [during, before] = [judgeDeadline(importing, facts(280)), judgeDeadline(opening, facts(280))];
    expect(during?.why).toBe("forecast");
    // The opening alone is left of both: what RDS has had too long is expected to end now.
    expect(during?.restSeconds).toBeCloseTo(before?.restSeconds ?? 0, -1);
    expect(judgeDeadline(opening, facts(200))).toBeNull();
  });

  test("a bigger last file leaves more to wait for", () => {
    const at = (sizeBytes: number) =>
      judgeDeadline(
        migration([...FULL_ROUND, stopped, ...roundOf(1, "t", "backup", AT)], {
          files: [full, tail({ state: "written", sizeBytes, needsUpload: true })],
          cutover,
        }),
        facts(10),
      );
    expect(at(100e6)).toBeNull();
    expect(at(8e9)?.why).toBe("forecast");
  });
});

test.each([
  ["without one", { cutover: { ...CUTOVER, deadline: null } }],
  ["once it was told", { cutover: { ...CUTOVER, deadline: { ...DEADLINE, passed: told() } } }],
  ["while the source is being given back", { cutover, release: { why: "go_back" as const } }],
])("nothing is passed %s", (_, more) => {
  expect(judgeDeadline({ ...importing, ...more }, facts(900))).toBeNull();
});

test("before writes are stopped no time runs", () => {
  expect(judgeDeadline(importing, { ...facts(900), stoppedAtMs: null })).toBeNull();
});

function told() {
  return { at: "2026-01-01T00:00:00Z", why: "reached" as const };
}
