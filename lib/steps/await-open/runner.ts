import { diagnoseDescription } from "@/lib/diagnosis/diagnose-description";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import type { RdsTask } from "@/lib/rds/rds-account";
import { findTarget, followTask } from "../follow-task";
import { type Outcome as AnyOutcome, lookAgainMs, type StepRun, stepAgeMs } from "../step-run";
import type { awaitOpen } from "./definition";

/** DBStatus of a database that takes connections. */
const ONLINE = "Running";
/** Without DBCC CHECKDB before it an opening takes a minute. */
const USUAL_MS = 15 * 60_000;

type Run = StepRun<typeof awaitOpen>;
type Outcome = AnyOutcome<typeof awaitOpen>;

/** Follows the opening until the database is online: the end of the downtime. It is so when the target says so too. */
export async function runAwaitOpen(run: Run): Promise<Outcome> {
  const { ctx, migration } = run;
  const followed = await followTask(run);
  if ("type" in followed) return followed;
  const { rds, task } = followed;
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
  const ageMs = stepAgeMs(run);
  const wait = { type: "wait", status: "waiting_external", afterMs: lookAgainMs(run) } as const;
  if (isUsual(run, task, ageMs)) return wait;
  const target = await findTarget(rds, migration);
  if (task.status !== "succeeded" || target?.status !== ONLINE) {
    // Lists of databases are some seconds behind.
    if (task.status === "succeeded" && ageMs < run.settings.lookGraceMs) return wait;
    const failure = ruleFailure("rds_opening_unclear", {
      task: task.providerStatus || "–",
      database: target?.status ?? "–",
    });
    return { ...wait, failure: { ...failure, system: "rds", providerMessage: task.description || null } };
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

/** RDS opens, or is about to. How long DBCC CHECKDB may take before it says the limit of the step. */
function isUsual({ migration, settings }: Run, task: RdsTask, ageMs: number): boolean {
  switch (task.status) {
    case "running":
      return migration.checkMode === "sync" || ageMs < USUAL_MS;
    case "not_started":
    case "waiting_for_backup":
      return ageMs < settings.lookGraceMs;
    default:
      return false;
  }
}
