import { describe, expect, it } from "vitest";
import { FULL_ROUND, file, migration, roundOf, step } from "./snapshot-fixture";
import { stagesOf } from "./stages";

describe("stagesOf", () => {
  it("marks what is behind, what is now and what lies ahead", () => {
    const stages = stagesOf(migration([]), { phase: "rounds", status: "waiting_for_backup" });
    expect(stages.map(({ phase, status, current }) => [phase, status, current])).toEqual([
      ["preflight", "succeeded", false],
      ["full", "succeeded", false],
      ["rounds", "waiting_for_backup", true],
      ["cutover", "pending", false],
      ["open", "pending", false],
      ["check", "pending", false],
      ["online", "pending", false],
    ]);
  });

  it("ends green and knows no rounds for a single full backup", () => {
    const stages = stagesOf(migration([], { method: "immediate" }), { phase: "online", status: "succeeded" });
    expect(stages.map(({ phase }) => phase)).toEqual(["preflight", "full", "check", "online"]);
    expect(stages.every(({ status }) => status === "succeeded")).toBe(true);
  });

  it("says how long each stage took, and how many files the rounds brought", () => {
    const at = (startedAtMs: number, finishedAtMs: number) => ({ startedAtMs, finishedAtMs });
    const steps = [
      ...FULL_ROUND,
      ...roundOf(1, "f1", "await_import", at(3_000, 4_000)),
      step("stop_writes", null, null, at(5_000, 6_000)),
      ...roundOf(2, "f2", "await_import", at(6_000, 9_000)),
      step("open", null, null, at(9_000, 9_500)),
      step("await_open", null, null, at(9_500, 11_000)),
    ];
    const files = [file("f0", "full"), file("f1", "log"), file("f2", "log", { final: true })];
    const stages = stagesOf(migration(steps, { files }), { phase: "check", status: "running" });
    expect(Object.fromEntries(stages.map(({ phase, tookMs }) => [phase, tookMs]))).toEqual({
      preflight: 1_000,
      full: 1_000,
      rounds: null,
      cutover: 4_000,
      open: 2_000,
      check: null,
      online: null,
    });
    expect(stages.find(({ phase }) => phase === "rounds")?.files).toBe(1);
  });
});
