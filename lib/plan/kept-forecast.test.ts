import { expect, test } from "vitest";
import type { ForecastGround } from "./forecast";
import { KeptForecasts, SLACK_OF_MANY } from "./kept-forecast";

const GROUND: ForecastGround = {
  limitBytes: 500_000_000,
  rounds: [
    { type: "full", bytes: 8e9, startedAtMs: 0, backupSeconds: 60, uploadSeconds: 300, importSeconds: 420 },
    ...[1, 2, 3].map((n) => ({
      type: "log" as const,
      bytes: 2e8,
      startedAtMs: n * 600_000,
      ...{ backupSeconds: 4, uploadSeconds: 9, importSeconds: 40 },
    })),
  ],
  counted: { files: 4, logs: 3 },
  rehearsal: null,
};
const facts = (gapSeconds: number) => ({
  nowMs: 1_800_000 + gapSeconds * 1_000,
  gapSeconds,
  checkMode: "async" as const,
  timeFactor: 1,
});

test("a forecast is shown again until the gap is no more about what it was, and then made anew", () => {
  const kept = new KeptForecasts();
  expect(kept.newest("m")).toBeNull();
  expect(kept.isDue("m", GROUND, facts(1_000))).toBe(true);
  const first = kept.show("m", GROUND, facts(1_000));
  expect(kept.show("m", structuredClone(GROUND), facts(1_129))).toBe(first);
  const later = kept.show("m", GROUND, facts(1_131));
  expect(later.nextLogBytes.p50).toBeGreaterThan(first.nextLogBytes.p50);
  // A log was restored: the gap is small again.
  expect(kept.isDue("m", GROUND, facts(500))).toBe(true);
  expect(kept.isDue("another", GROUND, facts(1_131))).toBe(true);
});

test("for who looks at very many it may be further behind, but not when something was measured", () => {
  const kept = new KeptForecasts();
  kept.make("m", GROUND, facts(1_000));
  expect(kept.isDue("m", GROUND, facts(1_259))).toBe(true);
  expect(kept.isDue("m", GROUND, facts(1_259), SLACK_OF_MANY)).toBe(false);
  expect(kept.isDue("m", GROUND, facts(1_261), SLACK_OF_MANY)).toBe(true);
  const measured = { ...GROUND, rounds: GROUND.rounds.slice(0, 3) };
  expect(kept.isDue("m", measured, facts(1_000), SLACK_OF_MANY)).toBe(true);
});

test.each<[string, ForecastGround, ReturnType<typeof facts>]>([
  ["a round was measured", { ...GROUND, rounds: GROUND.rounds.slice(0, 3) }, facts(1_000)],
  ["another limit counts", { ...GROUND, limitBytes: 1 }, facts(1_000)],
  ["the check before it is another", GROUND, { ...facts(1_000), checkMode: "sync" } as never],
  ["the services run faster", GROUND, { ...facts(1_000), timeFactor: 60 }],
])("it is made anew when %s", (_, ground, now) => {
  const kept = new KeptForecasts();
  kept.make("m", GROUND, facts(1_000));
  expect(kept.isDue("m", ground, now)).toBe(true);
});
