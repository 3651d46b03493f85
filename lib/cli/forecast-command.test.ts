import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { runForecastCommand } from "./forecast-command";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "forecast-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const round = (type: string, bytes: number, minute: number) => ({
  type,
  bytes,
  startedAt: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
  backupSeconds: 2 + bytes / 100e6,
  uploadSeconds: 3 + bytes / 20e6,
  importSeconds: 30 + bytes / 20e6,
});

const CASE = {
  id: "sales",
  now: "2026-01-01T03:10:00Z",
  checkMode: "async",
  limitBytes: 500e6,
  rounds: [
    round("full", 20e9, 0),
    ...[60, 75, 90, 105, 120, 135, 150, 165, 180].map((minute) => round("log", 300e6, minute)),
  ],
  gapSeconds: 600,
  gapBytes: 200e6,
  rehearsal: { openSeconds: 30, stopWritesSeconds: 5 },
};

async function run(cases: unknown, json = true): Promise<{ code: number; out: string; err: string }> {
  const said = { out: "", err: "" };
  const out = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said.out += String(text);
    return true;
  });
  const err = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said.err += String(text);
    return true;
  });
  const file = join(folder, "cases.json");
  writeFileSync(file, typeof cases === "string" ? cases : JSON.stringify(cases));
  try {
    return { code: await runForecastCommand({ cases: file, json }), ...said };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

test("a downtime with its range, the next log, when it is ready, and what that stands on", async () => {
  const { code, out } = await run([CASE]);
  const [answer] = JSON.parse(out);
  expect(code).toBe(0);
  // 5 s to stop, 4 + 13 + 40 s for 200 MB, 30 s to open.
  expect(answer.downtimeSeconds.p50).toBeGreaterThan(87);
  expect(answer.downtimeSeconds.p50).toBeLessThan(97);
  expect(answer.downtimeSeconds.p90).toBeGreaterThan(answer.downtimeSeconds.p50);
  expect(answer.nextLogBytes.p50).toBeGreaterThan(190e6);
  expect(answer.nextLogBytes.p50).toBeLessThan(215e6);
  // Below the limit already.
  expect(answer.readyAt).toEqual({ p50: "2026-01-01T03:10:00.000Z", p90: "2026-01-01T03:10:00.000Z" });
  expect(answer).toMatchObject({
    id: "sales",
    basis:
      "10 measured files, 9 of them logs. Stop of writes and opening as in the rehearsal. The log that waits was measured. The newest file was begun 10m 00s ago.",
  });
});

test("instants may say their offset", async () => {
  const { out } = await run([CASE, { ...CASE, now: "2026-01-01T11:10:00+08:00" }]);
  const [utc, local] = JSON.parse(out);
  expect(local).toEqual(utc);
});

test("the same as a table", async () => {
  const { code, out } = await run([CASE], false);
  expect(code).toBe(0);
  expect(out).toMatch(/sales +1m \d\ds/);
});

test("before the first log it says that it is wide, and on what it stands", async () => {
  const { out } = await run([{ ...CASE, rounds: CASE.rounds.slice(0, 1), gapBytes: null, rehearsal: null }]);
  const [answer] = JSON.parse(out);
  expect(answer.readyAt).toBeNull();
  expect(answer.downtimeSeconds.p90 / answer.downtimeSeconds.p50).toBeGreaterThan(1.4);
  expect(answer.basis).toContain("Wide: 0 of the 9 logs");
});

test.each([
  ["not an array", {}, "expected an array of cases"],
  ["not JSON", "[", "not JSON"],
  ["a missing field", [CASE, { ...CASE, gapSeconds: undefined }], "case 2 (sales): gapSeconds: "],
  [
    "a negative size",
    [{ ...CASE, rounds: [{ ...CASE.rounds[0], bytes: -1 }] }],
    "case 1 (sales): rounds[0].bytes: ",
  ],
  ["a text for a number", [{ ...CASE, gapBytes: "200" }], "case 1 (sales): gapBytes: "],
  ["local time", [{ ...CASE, now: "2026-01-01 03:10" }], "case 1 (sales): now: "],
  ["another check mode", [{ ...CASE, checkMode: "later" }], "case 1 (sales): checkMode: "],
  [
    "a log first",
    [{ ...CASE, rounds: CASE.rounds.slice(1) }],
    "rounds[0].type: the first round must be a full",
  ],
  [
    "rounds out of order",
    [{ ...CASE, rounds: [CASE.rounds[0], CASE.rounds[3], CASE.rounds[1]] }],
    "rounds[2].startedAt: ",
  ],
  [
    "a round of the future",
    [{ ...CASE, now: "2026-01-01T01:00:00Z" }],
    "rounds[2].startedAt: later than now",
  ],
  ["a case that is none", [null], "case 1: "],
])("%s is refused with the case and the field", async (_, cases, message) => {
  const { code, out, err } = await run(cases);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(message);
});
