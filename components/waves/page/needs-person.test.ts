import { expect, test } from "vitest";
import { memberOf } from "../wave-view-fixture";
import { needsPerson } from "./needs-person";

const refused = {
  at: "2026-05-17T00:00:00.000Z",
  asked: "start",
  reason: "draft_incomplete",
  params: {},
} as const;

test.each([
  ["what stopped", { stage: "stopped" }, true],
  ["what the wave was refused", { stage: "waiting", note: refused }, true],
  ["what was taken back", { stage: "rounds", takenBack: "deadline" }, true],
  ["what was taken back, and is armed anew", { stage: "rounds", takenBack: "deadline", armed: true }, false],
  ["what was taken back, and came online later", { stage: "online", takenBack: "hook" }, false],
  ["what goes on", { stage: "rounds" }, false],
] as const)("%s", (_, over, needs) => {
  expect(needsPerson(memberOf("Sales", 1, over))).toBe(needs);
});
