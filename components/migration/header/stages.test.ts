import { describe, expect, it } from "vitest";
import { stagesOf } from "./stages";

describe("stagesOf", () => {
  it("marks what is behind, what is now and what lies ahead", () => {
    const stages = stagesOf({
      method: "access_pending",
      phase: "rounds",
      status: "waiting_for_backup",
      steps: [],
      files: [],
    });
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
    const stages = stagesOf({
      method: "immediate",
      phase: "online",
      status: "succeeded",
      steps: [],
      files: [],
    });
    expect(stages.map(({ phase }) => phase)).toEqual(["preflight", "full", "check", "online"]);
    expect(stages.every(({ status }) => status === "succeeded")).toBe(true);
  });
});
