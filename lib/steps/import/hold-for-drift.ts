import { isExternalError } from "@/lib/diagnosis/external-error";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { watchDrift } from "@/lib/drift/watch-drift";
import type { DriftKind } from "@/lib/migration/vocabulary/drift-kind";
import type { Hold, StepRun } from "../step-run";

/** After these the files of ours do not reach the present any more. A reset base only spoils differentials. */
const BREAKS_CHAIN: ReadonlySet<DriftKind> = new Set([
  "foreign_log",
  "log_chain_restarted",
  "recovery_model_changed",
  "restored",
]);

/**
 * Before the full backup is handed to RDS, hours of import for nothing: has somebody broken the chain that is to follow it?
 * Then a person decides first. Null: go on. A source that can't be asked holds nothing up.
 */
export async function holdForDrift(run: StepRun): Promise<Hold | null> {
  const { ctx, migration, file, settings } = run;
  if (migration.method !== "access_pending" || file?.type !== "full" || migration.writesStoppedAt !== null)
    return null;
  try {
    const { kinds } = await watchDrift(run.unfenced, migration);
    const broken = kinds.find((kind) => BREAKS_CHAIN.has(kind));
    if (!broken) return null;
    return {
      type: "wait",
      status: "waiting_for_user",
      afterMs: settings.baseMs * 10,
      failure: ruleFailure("chain_broken_by_others", { drift: broken }),
    };
  } catch (error) {
    if (!isExternalError(error)) throw error;
    ctx.log.warn({ err: error }, "the source could not be asked before the first import");
    return null;
  }
}
