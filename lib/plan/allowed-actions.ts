import { isFullHanded, isOpened, isOpeningRefused } from "@/lib/migration/next-round";
import {
  isFullImported,
  isOpenStep,
  lastStep,
  type MigrationSnapshot,
  type StepSnapshot,
} from "@/lib/migration/snapshot";
import { ALLOWED_ACTIONS, type AllowedAction } from "@/lib/migration/vocabulary/allowed-action";
import { isTargetDrift } from "@/lib/migration/vocabulary/drift-kind";
import type { WhyNot } from "@/lib/migration/vocabulary/why-not";
import { prospectOf } from "./plan-next";
import { waitsForItsHour } from "./take-ahead";

export interface ActionStanding {
  action: AllowedAction;
  /** Null: it may be asked for. Text `migration.why_not.<reason>`. */
  whyNot: WhyNot | null;
}

/** What may be asked of the migration now, and of the rest why not. The page draws from this and decides nothing. */
export function actionsOf(migration: MigrationSnapshot): ActionStanding[] {
  return ALLOWED_ACTIONS.map((action) => ({ action, whyNot: whyNot(action, migration) }));
}

/** The actions that nothing stands against. */
export function allowedActions(migration: MigrationSnapshot): AllowedAction[] {
  return actionsOf(migration).flatMap(({ action, whyNot: reason }) => (reason === null ? [action] : []));
}

function whyNot(action: AllowedAction, migration: MigrationSnapshot): WhyNot | null {
  if (migration.status === "draft") return "not_started";
  if (migration.status === "cancelled" || migration.status === "succeeded") return "over";
  // A cancellation outweighs a way back that is under way, and nothing else may be asked for before it has ended.
  if (migration.release && !(action === "cancel" && migration.release.why !== "cancel")) return "releasing";
  const open = migration.steps.filter(isOpenStep);
  const opened = isOpened(migration);
  switch (action) {
    case "take_log":
    case "take_differential":
      return whyNoRound(migration) ?? (free(migration) ? null : "in_hand");
    case "set_schedule":
      return whyNoRound(migration);
    case "scan_now": {
      if (migration.backupBy === "others") return open.some(isLooking) ? null : "in_hand";
      if (migration.method === "immediate") return "immediate";
      if (opened) return "opened";
      if (!isFullImported(migration.files)) return "full_not_restored";
      return idle(migration) ? null : "in_hand";
    }
    case "cutover": {
      const between = whyNotBetween(migration);
      if (between) return between;
      if (migration.cutover) return "cutover_running";
      if (migration.armed) return "armed";
      return open.some((step) => step.status === "failed" || step.status === "unknown")
        ? "step_stopped"
        : null;
    }
    case "release_hold":
      if (!migration.armed) return "not_armed";
      return open.some((step) => step.status === "failed" || step.status === "unknown")
        ? "step_stopped"
        : null;
    case "disarm":
      return migration.armed ? null : "not_armed";
    case "go_back":
      // Nothing was closed: who wants the applications back cancels it.
      if (migration.method === "immediate") return "immediate";
      if (!migration.cutover || migration.rehearsal) return "no_cutover";
      return opened && !isOpeningRefused(migration) ? "opened" : null;
    case "new_chain":
      if (migration.armed) return "armed";
      if (migration.method === "immediate") return "immediate";
      if (opened) return "opened";
      if (migration.cutover) return "cutover_running";
      return migration.alarms.some(isTargetDrift) ? null : "target_waits";
    case "cancel":
      return opened && lastStep(migration.steps)?.status !== "failed" ? "opened" : null;
  }
}

function whyNotBetween(migration: MigrationSnapshot): WhyNot | null {
  if (migration.method === "immediate") return "immediate";
  if (isOpened(migration)) return "opened";
  return isFullImported(migration.files) ? null : "full_not_restored";
}

/** Rounds by hand or by schedule go on from the moment on at which RDS is at the full. */
function whyNoRound(migration: MigrationSnapshot): WhyNot | null {
  if (migration.backupBy === "others") return "others_take_backups";
  if (migration.method === "immediate") return "immediate";
  if (isOpened(migration)) return "opened";
  if (migration.cutover) return "cutover_running";
  return isFullHanded(migration) ? null : "full_not_handed";
}

function free(migration: MigrationSnapshot): boolean {
  return prospectOf(migration, 0, { except: waitsForItsHour }).free;
}

function idle(migration: MigrationSnapshot): boolean {
  return prospectOf(migration, 0, migration.cutover ? {} : { except: waitsForItsHour }).idle;
}

function isLooking(step: StepSnapshot): boolean {
  return step.aim?.backup === null;
}
