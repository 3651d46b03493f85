import { expect, test } from "vitest";
import type { CutoverRequest } from "@/lib/migration/cutover-request";
import type { NeedKey } from "@/lib/migration/vocabulary/need";
import { NO_PART } from "@/lib/wave/wave-rules";
import { stageOf } from "./member-stage";

const CUTOVER: CutoverRequest = {
  ...{ requestedAt: "2026-05-17T00:00:00.000Z", stopWrites: "operator", checkMode: "async" },
  ...{ forecastSeconds: null, forecastP90Seconds: null, deadline: null, gates: [] },
};

const stage = (key: NeedKey | null, cutover: CutoverRequest | null) =>
  stageOf({
    row: { status: "running", onlineAt: null, cutover },
    kept: {
      status: "running",
      phase: cutover === null ? "rounds" : "cutover",
      needs: key && { key, params: {} },
    },
    part: NO_PART,
    steps: [],
  });

test.each([
  ["file_refused", "stopped"],
  ["target_lost", "stopped"],
  ["source_closed", "stopped"],
  ["step_held", "stopped"],
  // Writes stand still: what is said of the source meanwhile holds nothing.
  ["drift", "cutting_over"],
  // It goes on past its deadline, and the next in its row does not begin beside it.
  ["deadline_passed", "cutting_over"],
  [null, "cutting_over"],
] as const)("a cutover that needs %s: %s", (key, is) => {
  expect(stage(key, CUTOVER)).toBe(is);
});

test("before its cutover a source that somebody changed holds it", () => {
  expect(stage("drift", null)).toBe("stopped");
  expect(stage("cutover_ready", null)).toBe("rounds");
});
