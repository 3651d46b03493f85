import { describe, expect, it } from "vitest";
import type { ConditionView, MigrationView } from "@/lib/contracts/migration";
import { advanceState } from "./advance-state";

const condition = (key: ConditionView["key"], state: ConditionView["state"]): ConditionView => ({
  key,
  state,
  soft: key === "last_log_small",
  params: {},
});
const view = (over: Partial<MigrationView>): Parameters<typeof advanceState>[0] => ({
  allowed: [],
  conditions: [],
  cutover: null,
  method: "access_pending",
  ...over,
});

describe("advanceState", () => {
  it("leads with the cutover once every condition is met", () => {
    const state = advanceState(
      view({
        allowed: ["take_log", "take_differential", "cutover"],
        conditions: [condition("imports_left", "met")],
      }),
    );
    expect([state.primary, state.secondary, state.ready]).toEqual([
      "cutover",
      ["take_log", "take_differential"],
      true,
    ]);
  });

  it("leads with a log backup while the last log is large, and keeps the cutover at hand", () => {
    const state = advanceState(
      view({ allowed: ["take_log", "cutover"], conditions: [condition("last_log_small", "yours")] }),
    );
    expect([state.primary, state.secondary, state.ready, state.met]).toEqual([
      "take_log",
      ["cutover"],
      true,
      0,
    ]);
  });

  it("is not ready when a hard condition is open", () => {
    const state = advanceState(
      view({ allowed: ["cutover"], conditions: [condition("no_refused_file", "yours")] }),
    );
    expect([state.primary, state.ready]).toEqual(["cutover", false]);
  });

  it("shows the cutover while it runs, and nothing when nothing may be asked", () => {
    const cutover: MigrationView["cutover"] = {
      requestedAt: "2026-05-17T00:00:00Z",
      stopWrites: "operator",
      writesStoppedAt: null,
      onlineAt: null,
      forecastSeconds: null,
      downtimeSeconds: null,
      check: { ok: null, description: "" },
    };
    expect(advanceState(view({ cutover, allowed: ["go_back"] })).primary).toBe("show_cutover");
    expect(
      advanceState(view({ cutover: { ...cutover, onlineAt: "2026-05-17T00:01:00Z" } })).primary,
    ).toBeNull();
    expect(advanceState(view({ allowed: ["cancel"] })).primary).toBeNull();
  });
});
