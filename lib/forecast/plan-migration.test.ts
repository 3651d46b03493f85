import { describe, expect, test } from "vitest";
import { PLAN_PARTS, type PlanInput, type PlanPart } from "./plan-input";
import { planMigration, startForCutover } from "./plan-migration";

const HOUR = 3_600_000;
const MINUTE = 60_000;
const GB = 1_000_000_000;
const MIDNIGHT = Date.parse("2026-06-14T00:00:00Z");

const INPUT: PlanInput = {
  startMs: MIDNIGHT,
  method: "access_pending",
  checkMode: "async",
  databaseBytes: 100 * GB,
  fullBytes: 30 * GB,
  limitBytes: 500_000_000,
  rates: {},
  seconds: {},
  notBeforeMs: {},
};

function plan(more: Partial<PlanInput> = {}) {
  const made = planMigration({ ...INPUT, ...more });
  const find = (part: PlanPart) => {
    const found = made.parts.find((each) => each.part === part);
    if (!found) throw new Error(`no ${part} in the plan`);
    return found;
  };
  return { ...made, find };
}

test("the guide's own example, as it stands", () => {
  const at = (hours: number, minutes: number) => MIDNIGHT + hours * HOUR + minutes * MINUTE;
  const { find, onlineMs, downtimeSeconds, imports } = plan({
    startMs: at(0, 0),
    databaseBytes: 1_368 * GB,
    fullBytes: 419 * GB,
    seconds: {
      preflight: 60,
      full_backup: 3_600,
      full_upload: 3_600,
      restore: 19 * 3_600,
      log_backup: 20 * 60,
      log_upload: 10 * 60,
      log_import: 0,
      rounds: 0,
      stop_writes: 0,
      last_log: 4 * 60,
      open: 60,
    },
    notBeforeMs: { full_upload: at(2, 0), restore: at(3, 0), log_backup: at(22, 0) },
  });
  expect(find("full_backup").startMs.p50).toBe(at(0, 1));
  expect(find("full_backup").endMs.p50).toBe(at(1, 1));
  expect(find("full_upload").startMs.p50).toBe(at(2, 0));
  expect(find("restore").startMs.p50).toBe(at(3, 0));
  expect(find("restore").endMs.p90).toBe(at(22, 0));
  expect(find("log_upload").endMs.p50).toBe(at(22, 30));
  expect(onlineMs).toEqual({ p50: at(22, 35), p90: at(22, 35) });
  expect(downtimeSeconds.p90).toBe(5 * 60);
  expect(imports.p50).toBeGreaterThanOrEqual(3);
  expect(find("restore").basis).toBe("typed");
});

describe("a plan from priors", () => {
  test("goes through every part in order, each beginning where the one before ended", () => {
    const { parts } = plan();
    expect(parts.map(({ part }) => part)).toEqual([...PLAN_PARTS]);
    for (const [index, { startMs, endMs, seconds }] of parts.entries()) {
      const before = parts[index - 1];
      if (before) expect(startMs).toEqual(before.endMs);
      expect(endMs.p90).toBeGreaterThanOrEqual(endMs.p50);
      expect(seconds.p90).toBeGreaterThanOrEqual(seconds.p50);
    }
  });

  test("the whiskers of later parts carry the delays of earlier ones", () => {
    const { find } = plan();
    const width = (part: PlanPart) => find(part).endMs.p90 - find(part).endMs.p50;
    expect(width("restore")).toBeGreaterThan(width("full_backup"));
    expect(width("open")).toBeGreaterThanOrEqual(width("restore") * 0.9);
  });

  test("downtime is from the stop of writes to online; the check after it is none", () => {
    const { parts, downtimeSeconds, onlineMs, cutoverMs } = plan();
    expect(parts.filter(({ downtime }) => downtime).map(({ part }) => part)).toEqual([
      "stop_writes",
      "last_log",
      "open",
    ]);
    expect(downtimeSeconds.p50).toBeLessThan((onlineMs.p90 - cutoverMs.p50) / 1_000);
    expect(downtimeSeconds.p50).toBeGreaterThan(60);
  });

  test("the same input gives the same plan", () => {
    expect(plan().parts).toEqual(plan().parts);
  });
});

test("what is typed in moves its part, and narrows it", () => {
  const slow = plan({ rates: { restore: 5_000_000 } });
  const fast = plan({ rates: { restore: 20_000_000 } });
  expect(fast.find("restore").seconds.p50).toBeCloseTo(5_000, -3);
  expect(slow.find("restore").seconds.p50 / fast.find("restore").seconds.p50).toBeCloseTo(4, 1);
  const ratio = ({ p50, p90 }: { p50: number; p90: number }) => p90 / p50;
  expect(ratio(fast.find("restore").seconds)).toBeLessThan(ratio(plan().find("restore").seconds));
  expect(fast.find("restore").basis).toBe("typed");
  expect(fast.find("full_backup").basis).toBe("prior");
});

test("a log that grows faster than it is carried never gets under the limit, and the plan says so", () => {
  const rates = { upload: 1_000_000, log_growth: 3_000_000 };
  expect(plan({ rates }).getsUnderLimit).toBe(false);
  expect(plan().getsUnderLimit).toBe(true);
});

test("more rounds cost more imports", () => {
  const busy = plan({ rates: { log_growth: 8_000_000 } });
  const idle = plan({ rates: { log_growth: 1_000 } });
  expect(idle.imports.p50).toBe(3);
  expect(busy.imports.p50).toBeGreaterThan(idle.imports.p50);
});

test("Immediate Access: writes stop before the full backup, and everything until online is downtime", () => {
  const { parts, downtimeSeconds, find, imports } = plan({ method: "immediate" });
  expect(parts.map(({ part }) => part)).toEqual([
    "preflight",
    "stop_writes",
    "full_backup",
    "full_upload",
    "restore",
    "open",
    "check",
  ]);
  expect(parts.filter(({ downtime }) => downtime)).toHaveLength(5);
  expect(downtimeSeconds.p50).toBeGreaterThan(find("restore").seconds.p50);
  expect(imports).toEqual({ p50: 1, p90: 1 });
});

test("a check before opening belongs to the downtime, and there is none afterwards", () => {
  const sync = plan({ checkMode: "sync" });
  expect(sync.parts.some(({ part }) => part === "check")).toBe(false);
  expect(sync.downtimeSeconds.p50).toBeGreaterThan(plan().downtimeSeconds.p50 + 300);
});

test("planned backwards: the safe start is earlier, and meets the cutover nine times of ten", () => {
  const wanted = MIDNIGHT + 48 * HOUR;
  const { likely, safe } = startForCutover(INPUT, wanted);
  expect(safe).toBeLessThan(likely);
  expect(plan({ startMs: likely }).cutoverMs.p50).toBeCloseTo(wanted, -1);
  expect(plan({ startMs: safe }).cutoverMs.p90).toBeCloseTo(wanted, -1);
});
