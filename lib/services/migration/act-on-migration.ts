import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { MigrationAction, MigrationView } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import { advanceMigration } from "@/lib/plan/advance-migration";
import { actionsOf } from "@/lib/plan/allowed-actions";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { dismissAlarm } from "@/lib/services/migration/dismiss-alarm";
import { loadMigration, lockMigration, type MigrationRows } from "@/lib/store/migration-rows";
import type { ActionContext } from "./action-context";
import { beginNewChain } from "./begin-new-chain";
import { setSchedule, skipFile, takeRound } from "./change-rounds";
import { confirmTimeline } from "./confirm-timeline";
import { getMigration } from "./get-migration";
import { giveUpSource } from "./give-up-source";
import { approveCutover, disarmCutover, tryCheck } from "./hold-cutover";
import { releaseHold } from "./release-hold";
import { requestCutover } from "./request-cutover";
import { cancelMigration, goBack } from "./request-release";
import { setChecklist, tickLine } from "./set-checklist";
import { setHook, tryHook } from "./set-hook";
import { resolveUnknown, retryStep } from "./settle-step";
import { stateFile } from "./state-file";
import { abortCancelledUploads, controlUploads } from "./upload-control";

/**
 * Does what a person asked for. Throws `conflict`/`action_not_allowed` when the migration's standing does not allow it
 * (`why`: text `migration.why_not.<why>`), `validation` for a name that does not match.
 */
export async function actOnMigration({
  ctx,
  input,
}: Use<{ migrationId: string; action: MigrationAction }>): Promise<MigrationView> {
  requireRole(ctx.actor, "operator");
  const { migrationId, action } = input;
  if (action.type === "cutover" && action.hold?.by === "http")
    await tryCheck(ctx, migrationId, action.hold.url);
  if (action.type === "set_hook" && action.hook !== null) await tryHook(ctx, migrationId, action.hook);
  const before = await ctx.db.$transaction(async (tx) => {
    await lockMigration(tx, migrationId);
    const row = await loadMigration(tx, migrationId);
    if (!row) throw new AppError("not_found", "migration_not_found");
    assertAllowed(row, action);
    await applyAction({ ctx, tx, row }, action);
    await advanceMigration(ctx, tx, migrationId);
    return row;
  });
  if (action.type === "cancel") await abortCancelledUploads(ctx, before);
  ctx.wake();
  return getMigration({ ctx, input: { migrationId } });
}

async function applyAction(on: ActionContext, action: MigrationAction): Promise<void> {
  switch (action.type) {
    case "take_backup":
      return takeRound(on, action.backup);
    case "scan_now":
      return takeRound(on, "scan");
    case "set_schedule":
      return setSchedule(on, action.schedule);
    case "cutover":
      return requestCutover(on, action);
    case "release_hold":
      return releaseHold(on, "person");
    case "disarm":
      return disarmCutover(on);
    case "set_hook":
      return setHook(on, action.hook);
    case "set_checklist":
      return setChecklist(on, action.checklist);
    case "tick":
      return tickLine(on, action);
    case "approve_cutover":
      return approveCutover(on);
    case "retry_step":
      return retryStep(on, action.stepId);
    case "resolve_unknown":
      return resolveUnknown(on, action);
    case "skip_file":
      return skipFile(on, action.fileId);
    case "state_file":
      return stateFile(on, action);
    case "dismiss_alarm":
      return dismissAlarm(on, action.alarmId);
    case "confirm_timeline":
      return confirmTimeline(on, action);
    case "control_uploads":
      return controlUploads(on, action.control);
    case "go_back":
      return goBack(on);
    case "give_up_source":
      return giveUpSource(on, action.confirmName);
    case "new_chain":
      return beginNewChain(on);
    case "cancel":
      return cancelMigration(on);
  }
}

/** Actions on one step, file, alarm or a closed source check that themselves. */
function assertAllowed(row: MigrationRows, action: MigrationAction): void {
  switch (action.type) {
    case "retry_step":
    case "resolve_unknown":
    case "skip_file":
    case "state_file":
    case "dismiss_alarm":
    case "confirm_timeline":
    case "control_uploads":
    case "give_up_source":
    case "set_hook":
    case "set_checklist":
    case "tick":
    case "approve_cutover":
      return;
  }
  const needed =
    action.type === "take_backup"
      ? action.backup === "log"
        ? "take_log"
        : "take_differential"
      : action.type;
  const why = actionsOf(snapshotOf(row)).find(({ action: one }) => one === needed)?.whyNot;
  if (why) throw new AppError("conflict", "action_not_allowed", { action: needed, why });
}
