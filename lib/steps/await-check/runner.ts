import type { Tx } from "@/lib/context/context";
import { diagnoseDescription } from "@/lib/diagnosis/diagnose-description";
import type { FailureFields } from "@/lib/diagnosis/failure-of";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { pollDelay } from "@/lib/migration/retry-policy";
import type { RdsTask } from "@/lib/rds/rds-account";
import { followTask } from "../follow-task";
import { type Outcome as AnyOutcome, type StepRun, stepAgeMs } from "../step-run";
import type { awaitCheck } from "./definition";

type Run = StepRun<typeof awaitCheck>;
type Outcome = AnyOutcome<typeof awaitCheck>;

/**
 * Follows DBCC CHECKDB to its verdict. Synchronous: it ran before the database came online. Asynchronous: RDS writes
 * the verdict into the task's description later. The database is online either way.
 */
export async function runAwaitCheck(run: Run): Promise<Outcome> {
  const { migration } = run;
  if (migration.checkMode === "sync") {
    return {
      type: "done",
      result: { check: true, description: "" },
      events: [{ type: "check_succeeded", payload: {} }],
    };
  }
  const followed = await followTask(run);
  if ("type" in followed) return followed;
  const { task } = followed;
  const diagnosis = diagnoseDescription(task.description);
  const write = (tx: Tx) => followed.record(tx, null);
  if (diagnosis?.key === "checkdb_succeeded_async") {
    return {
      type: "done",
      result: { check: true, description: task.description },
      events: [{ type: "check_succeeded", payload: {} }],
      write,
    };
  }
  if (diagnosis?.key === "checkdb_failed_async" || diagnosis?.key === "checkdb_failed") {
    return {
      type: "done",
      result: { check: false, description: task.description },
      events: [{ type: "check_failed", payload: { description: task.description } }],
      write,
    };
  }
  return {
    type: "wait",
    status: "waiting_external",
    afterMs: pollDelay(stepAgeMs(run), run.settings.baseMs),
    ...heldBy(task, diagnosis?.key),
  };
}

/**
 * Words that are no verdict are shown at once, as they are: waiting alone may never bring another. Without a privileged account
 * the description says so for good, in the place of a verdict: a person creates one.
 */
function heldBy(
  { description, providerStatus, status }: RdsTask,
  diagnosed: string | undefined,
): { failure?: FailureFields } {
  const isVerdictDue = description === "" && status === "succeeded";
  if (isVerdictDue) return {};
  const failure =
    diagnosed === "no_init_account"
      ? ruleFailure("rds_check_hidden")
      : ruleFailure("rds_check_unclear", { words: description || providerStatus });
  return {
    failure: { ...failure, system: "rds", providerCode: providerStatus, providerMessage: description },
  };
}
