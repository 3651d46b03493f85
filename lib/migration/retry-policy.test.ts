import { expect, test } from "vitest";
import type { ExternalErrorFields } from "@/lib/diagnosis/external-error";
import { attemptAfter, criticalPollDelay, decideRetry, pollDelay } from "./retry-policy";

function error(kind: ExternalErrorFields["kind"], retryAfterMs: number | null = null): ExternalErrorFields {
  return {
    system: "rds",
    kind,
    providerCode: null,
    providerMessage: "",
    providerRequestId: null,
    retryAfterMs,
    mayHaveHappened: false,
  };
}

test("throttling slows down and never gives up", () => {
  expect(decideRetry(error("throttled"), 1, 100)).toEqual({ retry: true, afterMs: 100 });
  expect(decideRetry(error("throttled"), 3, 100)).toEqual({ retry: true, afterMs: 400 });
  expect(decideRetry(error("throttled", 5_000), 1, 100)).toEqual({ retry: true, afterMs: 5_000 });
  expect(decideRetry(error("throttled"), 500, 1_000)).toEqual({ retry: true, afterMs: 60_000 });
});

test("an hour of throttling leaves tries for failures of another kind", () => {
  let attempt = 0;
  for (let tries = 0; tries < 60; tries += 1) attempt = attemptAfter(error("throttled"), attempt + 1);
  expect(decideRetry(error("unavailable"), attempt + 1, 100).retry).toBe(true);
  expect(attemptAfter(error("unavailable"), 11)).toBe(11);
});

test("what a person must mend is not tried again", () => {
  for (const kind of ["auth", "forbidden", "not_found", "invalid", "quota"] as const) {
    expect(decideRetry(error(kind), 1, 100)).toEqual({ retry: false });
  }
  expect(decideRetry(error("unavailable"), 11, 100).retry).toBe(true);
  expect(decideRetry(error("unavailable"), 12, 100).retry).toBe(false);
});

test("polls are near at first and at most 15 bases apart", () => {
  expect(pollDelay(0, 3_000)).toBe(3_000);
  expect(pollDelay(60_000, 3_000)).toBe(6_000);
  expect(pollDelay(86_400_000, 3_000)).toBe(45_000);
});

test("while writes are stopped polls are dense, whatever they wait for, and never more seldom than otherwise", () => {
  expect(criticalPollDelay(0, 3_000)).toBe(300);
  expect(criticalPollDelay(300_000, 3_000)).toBe(300);
  expect(criticalPollDelay(3_600_000, 3_000)).toBe(2_000);
  expect(criticalPollDelay(30 * 86_400_000, 3_000)).toBe(pollDelay(30 * 86_400_000, 3_000));
  expect(criticalPollDelay(0, 150)).toBe(100);
  expect(criticalPollDelay(0, 50)).toBe(50);
});
