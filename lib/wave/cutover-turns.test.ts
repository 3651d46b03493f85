import { describe, expect, test } from "vitest";
import { clockOf, cutoverTurns } from "./cutover-turns";
import { cutover, HOUR, T0, turn } from "./wave-fixture";
import { WaveCutoverWishes } from "./wave-rules";

const at = { nowMs: T0, paused: false, needsApproval: false };
const iso = (ms: number) => new Date(ms).toISOString();

describe("the clock", () => {
  test.each([
    ["before its opening", cutover.window, null, T0 - 1, "not_open"],
    ["at its opening", cutover.window, null, T0, "open"],
    ["at its closing", cutover.window, null, T0 + 3 * HOUR, "closed"],
    ["by a person's word before it", cutover.window, T0 - HOUR, T0 - HOUR, "open"],
    ["that word does not outlast the window", cutover.window, T0 - HOUR, T0 + 3 * HOUR, "closed"],
    ["a word after the closing", cutover.window, T0 + 4 * HOUR, T0 + 5 * HOUR, "open"],
    ["by hand, before the word", null, null, T0, "not_open"],
    ["by hand, after it", null, T0, T0 + 90 * HOUR, "open"],
  ] as const)("%s", (_, window, goAtMs, nowMs, is) => {
    expect(clockOf({ window, goAt: goAtMs === null ? null : iso(goAtMs) }, nowMs)).toBe(is);
  });

  test("a window that ends before it begins is refused", () => {
    const { askedAt: _at, askedBy: _by, askedById: _id, approved: _ok, goAt: _go, ...wishes } = cutover;
    expect(WaveCutoverWishes.safeParse(wishes).success).toBe(true);
    const turned = { ...wishes, window: { opensAt: iso(T0), closesAt: iso(T0) } };
    expect(WaveCutoverWishes.safeParse(turned).success).toBe(false);
  });
});

describe("in a row", () => {
  test("the first by its place begins, the others wait for their turn", () => {
    const turns = cutoverTurns(cutover, [turn("m2"), turn("m1"), turn("m3")], at);
    expect(turns.release).toEqual(["m1"]);
    expect([...turns.waits]).toEqual([
      ["m2", "turn"],
      ["m3", "turn"],
    ]);
  });

  test("of two with one place it is always the same, in whichever order they were read", () => {
    const tied = [turn("m2", { place: 1 }), turn("m1", { place: 1 })];
    expect(cutoverTurns(cutover, tied, at).release).toEqual(["m1"]);
    expect(cutoverTurns(cutover, tied.toReversed(), at).release).toEqual(["m1"]);
  });

  test("one that has passed its deadline, and asks a person, holds the next no longer", () => {
    const late = turn("m1", { stage: "cutting_over", isLate: true });
    expect(cutoverTurns(cutover, [late, turn("m2"), turn("m3")], at).release).toEqual(["m2"]);
    const next = turn("m2", { stage: "cutting_over" });
    expect(cutoverTurns(cutover, [late, next, turn("m3")], at).waits.get("m3")).toBe("turn");
  });

  test("while one is under way none begins; instances go side by side, or not", () => {
    const members = [turn("m1", { stage: "cutting_over" }), turn("m2"), turn("m3", { instanceId: "rm-2" })];
    expect(cutoverTurns(cutover, members, at).release).toEqual(["m3"]);
    expect(cutoverTurns({ ...cutover, perInstance: false }, members, at).release).toEqual([]);
  });

  test("the next waits until the one before could no longer be taken back", () => {
    const waiting = { ...cutover, waitMinutes: 30 };
    const members = [turn("m1", { stage: "online", onlineAtMs: T0 }), turn("m2")];
    expect(cutoverTurns(waiting, members, { ...at, nowMs: T0 + HOUR / 2 - 1 }).waits.get("m2")).toBe(
      "revert_window",
    );
    expect(cutoverTurns(waiting, members, { ...at, nowMs: T0 + HOUR / 2 }).release).toEqual(["m2"]);
  });

  test("one that was online before the cutover was asked for has no window", () => {
    const members = [turn("m1", { stage: "online", onlineAtMs: T0 - 2 * HOUR }), turn("m2")];
    expect(cutoverTurns({ ...cutover, waitMinutes: 999 }, members, at).release).toEqual(["m2"]);
  });

  test.each([
    ["is still restored", { stage: "restoring" as const }, "not_ready"],
    ["has stopped", { stage: "stopped" as const }, "not_ready"],
    ["was taken back", { outSinceMs: T0 - 1 }, "out"],
    ["could not begin a moment ago", { triedAtMs: T0 - 1_000 }, "tried_lately"],
    ["is a person's own", { own: true }, "own"],
  ])("who %s holds nobody", (_, over, why) => {
    const turns = cutoverTurns(cutover, [turn("m1", over), turn("m2")], at);
    expect(turns.release).toEqual(["m2"]);
    expect(turns.waits.get("m1")).toBe(why);
  });

  test("one that could not begin is asked again, and one that was taken back before this cutover was asked for is too", () => {
    expect(cutoverTurns(cutover, [turn("m1", { triedAtMs: T0 - 30_000 })], at).release).toEqual(["m1"]);
    expect(cutoverTurns(cutover, [turn("m1", { outSinceMs: T0 - 2 * HOUR })], at).release).toEqual(["m1"]);
  });
});

test("together all that are armed begin at once", () => {
  const members = [turn("m1"), turn("m2", { stage: "uploaded" }), turn("m3", { instanceId: "rm-2" })];
  const turns = cutoverTurns({ ...cutover, mode: "together" }, members, at);
  expect(turns.release).toEqual(["m1", "m3"]);
  expect(turns.waits).toEqual(new Map([["m2", "not_ready"]]));
});

test("members are armed when they are ready, before the clock runs, and not after it has closed", () => {
  const members = [turn("m1", { armed: false }), turn("m2", { armed: false, stage: "restoring" })];
  expect(cutoverTurns(cutover, members, { ...at, nowMs: T0 - 1 }).arm).toEqual(["m1"]);
  expect(cutoverTurns(cutover, members, { ...at, nowMs: T0 + 3 * HOUR }).arm).toEqual([]);
});

test.each([
  ["the clock does not run", { ...at, nowMs: T0 - 1 }, null, "not_open"],
  ["it has closed", { ...at, nowMs: T0 + 3 * HOUR }, null, "closed"],
  ["the wave pauses", { ...at, paused: true }, null, "paused"],
  ["a second person has not approved", { ...at, needsApproval: true }, null, "needs_approval"],
] as const)("none begins while %s", (_, when, approved, why) => {
  const turns = cutoverTurns({ ...cutover, approved }, [turn("m1")], when);
  expect(turns).toMatchObject({ release: [] });
  expect(turns.waits.get("m1")).toBe(why);
});
