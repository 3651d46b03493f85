import { isBackupKind } from "@/lib/backup/backup-kind";
import type { BackupFileView, StepView } from "@/lib/contracts/migration";
import type { StepKind } from "@/lib/migration/generated/step-kinds";
import type { FileType } from "@/lib/migration/vocabulary/file-type";
import type { Status } from "@/lib/migration/vocabulary/status";

export type GroupKind = "preflight" | "file" | "stop_writes" | "open" | "check";
/** Steps that belong together: those of one backup file, or one stage without a file. */
export interface StepGroup {
  key: string;
  kind: GroupKind;
  file: BackupFileView | null;
  /** What the file is, or was asked to be; null before either is known. */
  backup: FileType | null;
  /** Its number among those of its kind; null for the full and where the kind is unknown. */
  number: number | null;
  /** The last backup, after which the database is opened. */
  final: boolean;
  steps: StepView[];
  status: Status;
  startedAt: string | null;
  /** Null while one of its steps is open. */
  finishedAt: string | null;
}

const GROUP_OF: Record<StepKind, GroupKind> = {
  preflight: "preflight",
  backup: "file",
  find_file: "file",
  upload: "file",
  inspect: "file",
  import: "file",
  await_import: "file",
  stop_writes: "stop_writes",
  open: "open",
  await_open: "open",
  await_check: "check",
};

const ENDED: ReadonlySet<Status> = new Set(["succeeded", "skipped", "cancelled"]);

export function isEnded(status: Status): boolean {
  return ENDED.has(status);
}

/** Groups in the order in which they began. Steps taken back before anything happened are left out. */
export function groupSteps(steps: readonly StepView[], files: readonly BackupFileView[]): StepGroup[] {
  const byKey = new Map<string, StepView[]>();
  const ordered = [...steps].sort((a, b) => a.ordinal - b.ordinal);
  let last = "";
  for (const step of ordered) {
    if (step.status === "cancelled" && step.startedAt === null) continue;
    const kind = GROUP_OF[step.kind];
    // Cutover steps may come again after going back: then they are a group of their own.
    const key =
      step.round !== null && kind === "file"
        ? `round:${step.round}`
        : last.startsWith(`${kind}:`)
          ? last
          : `${kind}:${step.ordinal}`;
    last = key;
    const group = byKey.get(key);
    if (group) group.push(step);
    else byKey.set(key, [step]);
  }
  const counts = new Map<FileType, number>();
  return [...byKey].map(([key, members]) => describeGroup(key, members, files, counts));
}

function describeGroup(
  key: string,
  members: StepView[],
  files: readonly BackupFileView[],
  counts: Map<FileType, number>,
): StepGroup {
  const kind = GROUP_OF[members[0]?.kind ?? "preflight"];
  const fileId = members.findLast((step) => step.fileId !== null)?.fileId ?? null;
  const file = files.find((candidate) => candidate.id === fileId) ?? null;
  const steps = members.map((step) => showRefusal(step, file));
  const backup = kind === "file" ? (file?.type ?? askedBackup(steps)) : null;
  let number: number | null = null;
  if (backup === "differential" || backup === "log") {
    number = (counts.get(backup) ?? 0) + 1;
    counts.set(backup, number);
  }
  const started = steps.map((step) => step.startedAt).filter((at) => at !== null);
  const ended = steps.every((step) => step.finishedAt !== null || isEnded(step.status));
  const finished = steps.map((step) => step.finishedAt).filter((at) => at !== null);
  return {
    key,
    kind,
    file,
    backup,
    number,
    final:
      (file?.final ?? false) || steps.some((step) => step.kind === "backup" && step.facts.final === "true"),
    steps,
    status: groupStatus(steps, file),
    startedAt: started.sort()[0] ?? null,
    finishedAt: ended ? (finished.sort().at(-1) ?? null) : null,
  };
}

/** Once the file was left out, or came in with a later round, its refusal stands in nobody's way. */
function showRefusal(step: StepView, file: BackupFileView | null): StepView {
  return step.status === "refused" && file?.state !== "refused" ? { ...step, status: "skipped" } : step;
}

/** The kind that a backup step was asked for, before its file exists. */
function askedBackup(steps: StepView[]): FileType | null {
  const asked = steps.find((step) => step.kind === "backup")?.facts.backup;
  return isBackupKind(asked) ? asked : null;
}

function groupStatus(steps: StepView[], file: BackupFileView | null): Status {
  for (const status of ["unknown", "failed"] as const) {
    if (steps.some((step) => step.status === status)) return status;
  }
  const open = steps.find((step) => !isEnded(step.status));
  if (open) return open.status;
  if (file?.state === "refused") return "refused";
  if (file?.state === "skipped") return "skipped";
  return steps.at(-1)?.status ?? "pending";
}
