import { expect, test } from "vitest";
import { ExternalError } from "@/lib/diagnosis/external-error";
import { retryOutcome } from "./retry-outcome";

const began = new Date("2026-05-04T10:00:00.000Z");
const BASE_MS = 3_000;

/** What becomes of an import that RDS refuses with a code, at its nth try, so many milliseconds after its first. */
function refused(providerCode: string, attempt: number, afterMs: number) {
  const error = new ExternalError({
    system: "rds",
    kind: "conflict",
    providerCode,
    providerMessage: "no",
    providerRequestId: null,
    mayHaveHappened: false,
  });
  const step = { kind: "import" as const, attempt, startedAt: began, createdAt: began };
  return retryOutcome(step, error, { now: new Date(began.getTime() + afterMs), baseMs: BASE_MS });
}

test.each(["OperationDenied.DBInstanceStatus", "BackupJobExists", "DbRestoring"])(
  "%s: a busy instance is waited for, however long and however often it was asked, and shown",
  (code) => {
    for (const [attempt, afterMs] of [
      [1, 0],
      [5, 46_000],
      [200, 6 * 3_600_000],
    ] as const) {
      const outcome = refused(code, attempt, afterMs);
      expect(outcome).toMatchObject({ type: "wait", status: "waiting_external" });
      expect(outcome).toMatchObject({ failure: { providerCode: code } });
      expect(outcome.type === "wait" && outcome.afterMs).toBeLessThanOrEqual(15 * BASE_MS);
    }
  },
);

test("another conflict ends after a few tries", () => {
  expect(refused("IncorrectTaskStatus", 1, 0)).toMatchObject({ type: "wait", status: "retrying" });
  expect(refused("IncorrectTaskStatus", 5, 46_000)).toMatchObject({ type: "failed" });
});
