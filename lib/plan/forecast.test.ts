import { expect, test } from "vitest";
import { heldUntilMs } from "@/lib/migration/held-until";
import { forecastOf } from "./forecast";
import { measuredRounds } from "./measured-rounds";
import { CUTOVER, file, migration, step } from "./snapshot-fixture";
import { sourceOffsetMinutes } from "./target-data";

const NOW = Date.UTC(2026, 0, 1, 12);
const FACTS = { nowMs: NOW, gapSeconds: 600, checkMode: "async", timeFactor: 1 } as const;
const at = (startedAtMs: number, finishedAtMs: number) => ({ startedAtMs, finishedAtMs });

/** A full of 20 GB, then a log an hour. */
function restored(logs: number) {
  const files = [file("f", "full", { sizeBytes: 20e9 })];
  const steps = roundAt(0, "f", 0, [100, 1_000, 2_000]);
  for (let log = 1; log <= logs; log += 1) {
    files.push(file(`l${log}`, "log", { sizeBytes: 200e6 }));
    steps.push(...roundAt(log, `l${log}`, log * 3_600_000, [5, 15, 50]));
  }
  return { files, steps };
}

function roundAt(
  round: number,
  id: string,
  fromMs: number,
  [backup, upload, imported]: [number, number, number],
) {
  const start = NOW - 12 * 3_600_000 + fromMs;
  const [written, sent] = [start + backup * 1_000, start + (backup + upload) * 1_000];
  const end = sent + imported * 1_000;
  return [
    step("backup", round, id, at(start, written)),
    step("upload", round, id, at(written, sent)),
    step("inspect", round, id, at(sent, sent + 1_000)),
    step("import", round, id, at(sent + 1_000, sent + 2_000)),
    step("await_import", round, id, at(sent + 2_000, end)),
  ];
}

test("the source's wall clock becomes an instant only with its offset", () => {
  expect(heldUntilMs("2026-11-22T14:05:00", 480)).toBe(Date.parse("2026-11-22T06:05:00Z"));
  expect(heldUntilMs("2026-11-22T14:05:00", null)).toBeNull();
});

test("waiting for the restore of the file before does not count into a round", () => {
  const steps = [
    step("find_file", 1, "l", at(0, 50_000)),
    step("backup", 1, "l", at(50_000, 55_000)),
    step("upload", 1, "l", at(55_000, 60_000)),
    step("inspect", 1, "l", at(60_000, 61_000)),
    step("import", 1, "l", at(3_600_000, 3_601_000)),
    step("await_import", 1, "l", at(3_601_000, 3_620_000)),
  ];
  expect(measuredRounds(migration(steps, { files: [file("l", "log", { sizeBytes: 7 })] }))).toEqual([
    { type: "log", bytes: 7, startedAtMs: 50_000, backupSeconds: 5, uploadSeconds: 5, importSeconds: 21 },
  ]);
});

test("what nobody measured is not a round of nothing", () => {
  const steps = [step("find_file", 1, "l", at(0, 50_000)), step("import", 1, "l", { finishedAtMs: null })];
  expect(measuredRounds(migration(steps, { files: [file("l", "log")] }))).toEqual([
    {
      type: "log",
      bytes: 1_000,
      startedAtMs: 50_000,
      backupSeconds: null,
      uploadSeconds: null,
      importSeconds: null,
    },
  ]);
  expect(measuredRounds(migration(steps, { files: [file("l", "log", { state: "refused" })] }))).toEqual([]);
  expect(measuredRounds(migration(steps, { files: [file("l", "log", { sizeBytes: null })] }))).toEqual([]);
});

test("a downtime up to online, which grows with the gap", () => {
  const { files, steps } = restored(10);
  const of = (gapSeconds: number) => forecastOf(migration(steps, { files }), { ...FACTS, gapSeconds });
  const soon = of(600)?.downtimeSeconds.p50 ?? Number.NaN;
  const late = of(7_200)?.downtimeSeconds.p50 ?? Number.NaN;
  // Rounds took 70 s; stopping writes and opening are on top of it.
  expect(late).toBeGreaterThan(110);
  expect(soon).toBeLessThan(late);
});

test("where the gap is not known it is as old as the newest backup", () => {
  const { files, steps } = restored(10);
  const of = (gapSeconds: number | null) => forecastOf(migration(steps, { files }), { ...FACTS, gapSeconds });
  expect(of(null)).toEqual(of(2 * 3_600));
});

test.each([
  ["before the full is restored", { files: [] }],
  ["for a full that opens at once", { method: "immediate" as const }],
  ["once the cutover has begun", { cutover: CUTOVER }],
  ["after a cancellation", { status: "cancelled" as const }],
])("nothing %s", (_, more) => {
  const { files, steps } = restored(2);
  expect(forecastOf(migration(steps, { files, ...more }), FACTS)).toBeNull();
});

test("a thousand rounds are no thousand times the work: the newest are asked", () => {
  const { files, steps } = restored(1_000);
  expect(forecastOf(migration(steps, { files }), FACTS)?.basis[0]).toEqual({
    key: "measured",
    params: { files: 1_001, logs: 1_000 },
  });
});

test("what a rehearsal showed of the opening narrows the range", () => {
  const { files, steps } = restored(10);
  const of = (rehearsed: { openSeconds: number } | null) =>
    forecastOf(migration(steps, { files, rehearsed }), FACTS)?.downtimeSeconds;
  const [without, quick, slow] = [of(null), of({ openSeconds: 45 }), of({ openSeconds: 300 })];
  const width = (range: typeof quick) => (range?.p90 ?? 0) / (range?.p50 ?? 1);
  expect(width(quick)).toBeLessThan(width(without));
  expect((slow?.p50 ?? 0) - (quick?.p50 ?? 0)).toBeGreaterThan(200);
});

test.each([480, 0, -210, 345])(
  "the source's clock is %i minutes ahead of UTC, as its newest file said",
  (offset) => {
    const untilLocal = "2026-11-22T14:05:00.123";
    expect(sourceOffsetMinutes({ untilLocal, untilMs: heldUntilMs(untilLocal, offset) })).toBe(offset);
    expect(sourceOffsetMinutes({ untilLocal, untilMs: null })).toBeNull();
  },
);
