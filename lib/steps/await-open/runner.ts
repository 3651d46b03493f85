import { diagnoseDescription } from "@/lib/diagnosis/diagnose-description";
import { pollDelay } from "@/lib/migration/retry-policy";
import { followTask } from "../follow-task";
import { type Outcome as AnyOutcome, type StepRun, stepAgeMs } from "../step-run";
import type { awaitOpen } from "./definition";

type Run = StepRun<typeof awaitOpen>;
type Outcome = AnyOutcome<typeof awaitOpen>;

/** Follows the opening until the database is online: the end of the downtime. */
export async function runAwaitOpen(run: Run): Promise<Outcome> {
  const { ctx, migration } = run;
  const followed = await followTask(run);
  if ("type" in followed) return followed;
  const { task } = followed;
  if (task.status === "failed") {
    const diagnosis = diagnoseDescription(task.description);
    return {
      type: "failed",
      failure: {
        reason: "rds_open_failed",
        params: { ...diagnosis?.params, diagnosis: diagnosis?.key ?? "" },
        system: "rds",
        providerCode: task.providerStatus,
        providerMessage: task.description,
        providerRequestId: null,
      },
      write: (tx) => followed.record(tx, null),
    };
  }
  if (task.status !== "succeeded") {
    return {
      type: "wait",
      status: "waiting_external",
      afterMs: pollDelay(stepAgeMs(run), run.settings.baseMs),
    };
  }
  const now = ctx.now();
  const stopped = migration.writesStoppedAt;
  const downtimeSeconds = stopped ? Math.round((now.getTime() - stopped.getTime()) / 100) / 10 : null;
  return {
    type: "done",
    result: { downtimeSeconds },
    write: async (tx) => {
      await followed.record(tx, null);
      await tx.migration.update({ where: { id: migration.id }, data: { onlineAt: now } });
    },
  };
}
