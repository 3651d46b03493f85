import type { StepKind } from "./generated/step-kinds";
import { isFullImported, isOpenStep, lastStep, type MigrationSnapshot } from "./snapshot";
import type { AllowedAction } from "./vocabulary/allowed-action";
import type { ConditionKey, ConditionState } from "./vocabulary/condition";
import type { Status } from "./vocabulary/status";

export interface Condition {
  key: ConditionKey;
  state: ConditionState;
  params: Record<string, string | number>;
}

/** Alibaba recommends a last log backup of at most 500 MB before writes stop. */
export const LAST_LOG_LIMIT_BYTES = 500_000_000;

/** What stands between now and a good cutover. All are shown, met ones too. */
export function cutoverConditions(
  migration: MigrationSnapshot,
  imports: { used: number; limit: number },
): Condition[] {
  const left = Math.max(0, imports.limit - imports.used);
  const pending = migration.steps.filter((step) => isOpenStep(step) && !isIdle(step.kind, step.status));
  const refused = migration.files.find((file) => file.state === "refused");
  const lastLog = migration.files.filter((file) => file.type === "log" && file.state === "imported").at(-1);
  const small =
    lastLog?.sizeBytes !== null && lastLog !== undefined && lastLog.sizeBytes <= LAST_LOG_LIMIT_BYTES;
  return [
    { key: "full_imported", state: isFullImported(migration.files) ? "met" : "wait", params: {} },
    {
      key: "nothing_pending",
      state: pending.length === 0 ? "met" : "wait",
      params: { count: pending.length },
    },
    {
      key: "no_refused_file",
      state: refused ? "yours" : "met",
      params: refused ? { file: refused.name } : {},
    },
    {
      key: "no_foreign_backup",
      state: migration.alarms.some((alarm) => alarm !== "base_reset") ? "yours" : "met",
      params: {},
    },
    { key: "imports_left", state: left >= 2 ? "met" : "wait", params: { left, limit: imports.limit } },
    {
      key: "last_log_small",
      state: small ? "met" : "yours",
      params: { bytes: lastLog?.sizeBytes ?? 0, limitBytes: LAST_LOG_LIMIT_BYTES },
    },
  ];
}

/** Waiting for the next file to appear is no work in hand. */
function isIdle(kind: StepKind, status: Status): boolean {
  return kind === "find_file" && (status === "waiting_for_backup" || status === "queued");
}

/** What may be asked of the migration now. The page draws from this and decides nothing. */
export function allowedActions(migration: MigrationSnapshot): AllowedAction[] {
  if (migration.status === "draft" || migration.status === "cancelled" || migration.status === "succeeded")
    return [];
  const allowed: AllowedAction[] = [];
  const open = migration.steps.filter(isOpenStep);
  const last = lastStep(migration.steps);
  const opened = migration.steps.some((step) => step.kind === "open" && step.status !== "cancelled");
  const between = isFullImported(migration.files) && !opened && migration.method === "access_pending";
  // A round that only waits for its hour may be replaced; one that was asked for may not.
  const waitingRound =
    open.length === 1 &&
    open[0]?.status === "queued" &&
    open[0].kind === "backup" &&
    open[0].dueAtMs !== null;
  const free = open.length === 0 || waitingRound;
  if (between && !migration.cutover) {
    if (migration.backupBy === "app") {
      if (free) allowed.push("take_log", "take_differential", "scan_now");
      allowed.push("set_schedule");
    }
    if (!open.some((step) => step.status === "failed" || step.status === "unknown")) allowed.push("cutover");
  }
  if (between && migration.cutover && migration.backupBy === "app") {
    if (open.length === 0) allowed.push("scan_now");
    allowed.push("go_back");
  }
  if (migration.backupBy === "others" && open[0]?.kind === "find_file") allowed.push("scan_now");
  if (!opened || last?.status === "failed") allowed.push("cancel");
  return allowed;
}
