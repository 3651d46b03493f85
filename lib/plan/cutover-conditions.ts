import { isNextLogSmall } from "@/lib/migration/next-round";
import { CUTOVER_IMPORTS } from "@/lib/migration/rds-limits";
import { isFullImported, isOpenStep, type MigrationSnapshot } from "@/lib/migration/snapshot";
import type { ConditionKey, ConditionState } from "@/lib/migration/vocabulary/condition";
import { isTargetDrift } from "@/lib/migration/vocabulary/drift-kind";
import { isWaitingForPeople } from "./step-definitions";

export interface Condition {
  key: ConditionKey;
  state: ConditionState;
  /** Open, it costs downtime or only time: the cutover is accepted all the same. */
  soft: boolean;
  params: Record<string, string | number>;
}

/** A last log over the limit costs downtime, pending steps only time. */
const SOFT: ReadonlySet<ConditionKey> = new Set(["last_log_small", "nothing_pending"]);

/** Told only where a cutover was taken back after its last log. */
const BRIDGE_DUE: Condition = { key: "hole_bridged", state: "yours", soft: false, params: {} };

/** What stands between now and a good cutover. All are shown, met ones too. */
export function cutoverConditions(
  migration: MigrationSnapshot,
  imports: { used: number; limit: number },
): Condition[] {
  const left = Math.max(0, imports.limit - imports.used);
  const pending = migration.steps.filter((step) => isOpenStep(step) && !isWaitingForPeople(step));
  const refused = migration.files.find((file) => file.state === "refused");
  const lastLog = migration.files.filter((file) => file.type === "log" && file.state === "imported").at(-1);
  const limitBytes = migration.lastLogLimitBytes;
  const small =
    lastLog !== undefined &&
    ((lastLog.sizeBytes !== null && lastLog.sizeBytes <= limitBytes) ||
      isNextLogSmall(
        migration,
        migration.steps.filter(({ fileId }) => fileId === lastLog.id),
        limitBytes,
        Number.POSITIVE_INFINITY,
      ));
  const conditions: Omit<Condition, "soft">[] = [
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
      state: migration.alarms.some((alarm) => alarm !== "base_reset" && !isTargetDrift(alarm))
        ? "yours"
        : "met",
      params: {},
    },
    {
      key: "target_takes_files",
      state: migration.alarms.some(isTargetDrift) ? "yours" : "met",
      params: {},
    },
    {
      key: "imports_left",
      state: left >= CUTOVER_IMPORTS ? "met" : "wait",
      params: { left, limit: imports.limit },
    },
    {
      key: "last_log_small",
      state: small ? "met" : "yours",
      params: { bytes: lastLog?.sizeBytes ?? 0, limitBytes },
    },
  ];
  const { checklist } = migration;
  return [
    ...conditions.map((condition) => ({ ...condition, soft: SOFT.has(condition.key) })),
    ...(migration.bridgeDue ? [BRIDGE_DUE] : []),
    ...(checklist ? [checklistCondition(checklist)] : []),
  ];
}

/** Of the lines that are to be ticked before writes are stopped. */
function checklistCondition({ open, strict }: NonNullable<MigrationSnapshot["checklist"]>): Condition {
  return { key: "checklist_ticked", state: open === 0 ? "met" : "yours", soft: !strict, params: { open } };
}
