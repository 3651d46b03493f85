import { describe, expect, it } from "vitest";
import { advanceOf } from "./advance-of";
import type { Condition } from "./cutover-conditions";

const condition = (key: Condition["key"], state: Condition["state"]): Condition => ({
  key,
  state,
  soft: key === "last_log_small",
  params: {},
});
const view = (over: Partial<Parameters<typeof advanceOf>[0]>): Parameters<typeof advanceOf>[0] => ({
  allowed: [],
  conditions: [],
  cutover: null,
  method: "access_pending",
  rehearsal: false,
  ...over,
});

describe("advanceOf", () => {
  it("leads with the cutover once every condition is met", () => {
    const state = advanceOf(
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

  it("leads with nothing in a rehearsal, whose cutover is asked for at its start", () => {
    const state = advanceOf(view({ rehearsal: true, cutover: { online: false } }));
    expect([state.primary, state.conditions]).toEqual([null, []]);
  });

  it("leads with a log backup while the last log is large, and keeps the cutover at hand", () => {
    const state = advanceOf(
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
    const state = advanceOf(
      view({ allowed: ["cutover"], conditions: [condition("no_refused_file", "yours")] }),
    );
    expect([state.primary, state.ready]).toEqual(["cutover", false]);
  });

  it("shows the cutover while it runs, and nothing when nothing may be asked", () => {
    const cutover = { online: false };
    expect(advanceOf(view({ cutover, allowed: ["go_back"] })).primary).toBe("show_cutover");
    expect(advanceOf(view({ cutover: { online: true } })).primary).toBeNull();
    expect(advanceOf(view({ allowed: ["cancel"] })).primary).toBeNull();
  });
});
