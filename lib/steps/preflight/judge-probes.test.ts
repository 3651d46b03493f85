import { describe, expect, test } from "vitest";
import type { ProbeView } from "@/lib/contracts/migration";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import type { StepRun } from "../step-run";
import { judgeProbes } from "./judge-probes";

const probe = (id: string, verdict: ProbeView["verdict"], reason: string | null = null) =>
  ({ id, verdict, failure: reason === null ? null : ruleFailure(reason) }) as ProbeView;
const run = (attempt: number) =>
  ({ step: { kind: "preflight", attempt }, settings: { baseMs: 100, lookGraceMs: 0 } }) as StepRun;
const late = probe("source.reachable", "block", "sql_timeout");

describe("judgeProbes", () => {
  test("goes on when nothing blocks, warnings and unknowns included", () => {
    const probes = [probe("a", "pass"), probe("b", "warn"), probe("c", "unknown", "rds_timeout")];
    expect(judgeProbes(run(1), probes)).toBeNull();
  });

  test("asks again when somebody did not answer in time, each time later, and says so", () => {
    const delays = [1, 2, 3, 4].map((attempt) => {
      const outcome = judgeProbes(run(attempt), [late, probe("bucket.reachable", "block", "probe_timeout")]);
      expect(outcome).toMatchObject({
        type: "wait",
        status: "retrying",
        failure: { reason: "sql_timeout" },
        events: [{ type: "step_retrying", payload: { kind: "preflight", attempt, reason: "sql_timeout" } }],
      });
      return outcome?.type === "wait" ? outcome.afterMs : 0;
    });
    expect(delays).toEqual([100, 200, 400, 800]);
  });

  test("fails in the end", () => {
    expect(judgeProbes(run(5), [late])).toMatchObject({
      type: "failed",
      failure: { reason: "preflight_blocked", params: { probe: "source.reachable", count: 1 } },
    });
  });

  test.each([
    ["a finding", probe("bucket.region", "block")],
    ["a refusal", probe("instance.reachable", "block", "rds_forbidden")],
  ])("fails at once for %s, whoever else did not answer", (_name, other) => {
    expect(judgeProbes(run(1), [late, other])).toMatchObject({
      type: "failed",
      failure: { params: { count: 2 } },
    });
  });
});
