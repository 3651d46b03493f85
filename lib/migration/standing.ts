import { isFullImported, isOpenStep, lastStep, type MigrationSnapshot } from "./snapshot";
import type { NeedKey } from "./vocabulary/need";
import type { Phase } from "./vocabulary/phase";
import type { Status } from "./vocabulary/status";

export interface Need {
  key: NeedKey;
  params: Record<string, string | number>;
}

export interface Standing {
  status: Status;
  phase: Phase;
  needs: Need | null;
}

/** Status, phase and the thing a person must do next, derived from steps and files: never set by hand. */
export function standingOf(migration: MigrationSnapshot): Standing {
  const standing = standingOfSteps(migration);
  const alarm = migration.alarms[0];
  // A failed step or an unclear outcome comes first; everything else is worth less than a chain that somebody broke.
  const first = standing.status === "failed" || standing.status === "unknown";
  const over = standing.phase === "online" || standing.status === "cancelled" || migration.status === "draft";
  if (!alarm || first || over) return standing;
  return { ...standing, needs: { key: "drift", params: { drift: alarm } } };
}

function standingOfSteps(migration: MigrationSnapshot): Standing {
  if (migration.status === "draft")
    return { status: "draft", phase: "draft", needs: { key: "finish_draft", params: {} } };
  const phase = phaseOf(migration);
  if (migration.status === "cancelled") return { status: "cancelled", phase, needs: null };
  const open = migration.steps.filter(isOpenStep);
  const unknown = open.find((step) => step.status === "unknown");
  if (unknown)
    return { status: "unknown", phase, needs: { key: "step_unknown", params: { kind: unknown.kind } } };
  const failed = open.find((step) => step.status === "failed");
  if (failed)
    return { status: "failed", phase, needs: { key: "step_failed", params: { kind: failed.kind } } };
  const active = open[0];
  if (active) {
    const refused = migration.files.find((file) => file.state === "refused");
    if (active.kind === "find_file" && active.status === "waiting_for_backup") {
      return {
        status: "waiting_for_backup",
        phase,
        needs: refused
          ? { key: "file_refused", params: { file: refused.name } }
          : { key: "upload_next_file", params: {} },
      };
    }
    return { status: active.status === "queued" ? "running" : active.status, phase, needs: null };
  }
  const last = lastStep(migration.steps);
  if (last?.kind === "await_check" && last.status === "succeeded")
    return { status: "succeeded", phase: "online", needs: null };
  const refused = migration.files.find(
    (file) => file.state === "refused" && (file.id === last?.fileId || last?.kind === "find_file"),
  );
  if (refused)
    return {
      status: "waiting_for_user",
      phase,
      needs: { key: "file_refused", params: { file: refused.name } },
    };
  if (last && isFullImported(migration.files)) {
    const small = migration.schedule.mode === "back_to_back";
    return {
      status: "waiting_for_user",
      phase,
      needs: { key: small ? "cutover_ready" : "take_backup", params: {} },
    };
  }
  return { status: "running", phase, needs: null };
}

export function phaseOf(migration: MigrationSnapshot): Phase {
  if (migration.status === "draft") return "draft";
  const last = lastStep(migration.steps);
  if (!last) return "preflight";
  switch (last.kind) {
    case "preflight":
      return last.status === "succeeded" ? "full" : "preflight";
    case "open":
    case "await_open":
      return last.kind === "await_open" && last.status === "succeeded" ? "check" : "open";
    case "await_check":
      return last.status === "succeeded" ? "online" : "check";
    case "stop_writes":
      return "cutover";
    case "backup":
    case "find_file":
    case "upload":
    case "inspect":
    case "import":
    case "await_import":
      if (!isFullImported(migration.files)) return "full";
      return migration.cutover ? "cutover" : "rounds";
  }
}
