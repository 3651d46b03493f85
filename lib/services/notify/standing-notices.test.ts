import { expect, test } from "vitest";
import { standingNotices, turnOf } from "./standing-notices";

const NOW = "2026-05-17T00:00:00.000Z";
const LATER = "2026-05-17T00:00:01.000Z";
const CALM = { forecast: null, importsToday: { used: 3, limit: 20 }, needs: null, phase: "rounds" } as const;
const notices = (over: Partial<Parameters<typeof standingNotices>[0]>, behindSeconds: number | null = null) =>
  standingNotices({ ...CALM, ...over }, { behindSeconds, nowMs: Date.parse(NOW) });
const readyAt = (p50: string) => ({
  downtimeSeconds: { p50: 1, p90: 2 },
  nextLogBytes: { p50: 1, p90: 2 },
  readyAt: { p50, p90: LATER },
  basis: [],
});

test("nothing is told of a migration that goes on as planned", () => {
  expect(notices({}, 1_799)).toEqual([]);
  expect(notices({ forecast: readyAt(LATER) })).toEqual([]);
});

test("that it is ready, that imports run out, and that it is behind", () => {
  const needs = { key: "cutover_ready", params: {} } as const;
  expect(notices({ needs, importsToday: { used: 16, limit: 20 } }, 1_800)).toEqual([
    "ready",
    "budget",
    "behind",
  ]);
});

test("it is ready, too, once the next log is foreseen to be small enough", () => {
  expect(notices({ forecast: readyAt(NOW) })).toEqual(["ready"]);
  expect(notices({ forecast: readyAt(NOW), phase: "full" })).toEqual([]);
});

test("a migration that imports nothing more does not miss imports", () => {
  const importsToday = { used: 20, limit: 20 };
  expect(notices({ phase: "preflight", importsToday })).toEqual(["budget"]);
  expect(notices({ phase: "check", importsToday })).toEqual([]);
});

test("the plans of a thousand are looked at a hundred a minute, each within ten; those of a hundred at each look", () => {
  const begun = Date.parse(NOW);
  const looks = Array.from({ length: 10 }, (_, minute) => turnOf(1_000, begun + minute * 60_000));
  const seen = looks.flatMap((isTurn) => Array.from({ length: 1_000 }, (_, n) => n).filter(isTurn));
  expect(seen).toHaveLength(1_000);
  expect(new Set(seen).size).toBe(1_000);
  expect(Array.from({ length: 100 }, (_, n) => n).every(turnOf(100, begun))).toBe(true);
});
