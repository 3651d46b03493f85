import { isOpenStep, type MigrationSnapshot, type StepSnapshot } from "@/lib/migration/snapshot";
import type { FileType } from "@/lib/migration/vocabulary/file-type";
import type { Status } from "@/lib/migration/vocabulary/status";
import { ofKind } from "./step-definitions";

/** Steps that belong together: those of one backup file, or one stage without a file. */
export interface TimelineGroup {
  key: string;
  /** The group that the definitions of its steps name; `file` for those of one file. */
  kind: string;
  /** Text `timeline.group.<title>`, with its number. */
  title: string;
  /** Its number among those of its kind; null for the full and where the kind is unknown. */
  number: number | null;
  /** What the file is, or was asked to be; null before either is known. */
  backup: FileType | null;
  /** The last backup, after which the database is opened. */
  final: boolean;
  fileId: string | null;
  stepIds: string[];
  status: Status;
  /** Nothing is open in it, and nobody must decide about its file. */
  ended: boolean;
  startedAtMs: number | null;
  /** Null while one of its steps is open. */
  finishedAtMs: number | null;
  /** In hand when the cutover was asked for, or begun since. */
  ofCutover: boolean;
}

/** Groups in the order in which they began. Steps taken back before anything happened are left out. */
export function timelineGroups(migration: MigrationSnapshot): TimelineGroup[] {
  const byKey = new Map<string, StepSnapshot[]>();
  const ordered = [...migration.steps].sort((a, b) => a.ordinal - b.ordinal);
  let last = "";
  for (const step of ordered) {
    if (step.status === "cancelled" && step.startedAtMs === null) continue;
    const { group: kind } = ofKind(step.kind);
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
  return [...byKey].map(([key, steps]) => describeGroup(key, steps, migration, counts));
}

function describeGroup(
  key: string,
  steps: StepSnapshot[],
  migration: MigrationSnapshot,
  counts: Map<FileType, number>,
): TimelineGroup {
  const [first] = steps;
  const kind = first ? ofKind(first.kind).group : "";
  const fileId = steps.findLast((step) => step.fileId !== null)?.fileId ?? null;
  const file = migration.files.find((candidate) => candidate.id === fileId) ?? null;
  const aim = steps.find((step) => step.aim?.backup != null)?.aim ?? null;
  const backup = kind === "file" ? (file?.type ?? aim?.backup ?? null) : null;
  const final = file?.final === true || aim?.final === true;
  let number: number | null = null;
  if (backup === "differential" || backup === "log") {
    number = (counts.get(backup) ?? 0) + 1;
    counts.set(backup, number);
  }
  const status = groupStatus(steps, file?.state ?? null);
  const starts = steps.flatMap((step) => (step.startedAtMs === null ? [] : [step.startedAtMs]));
  const ends = steps.flatMap((step) => (step.finishedAtMs === null ? [] : [step.finishedAtMs]));
  const closed = steps.every((step) => step.finishedAtMs !== null || !isOpenStep(step));
  const finishedAtMs = closed && ends.length > 0 ? Math.max(...ends) : null;
  return {
    key,
    kind,
    title: kind === "file" ? fileTitle(backup, final) : kind,
    number,
    backup,
    final,
    fileId,
    stepIds: steps.map(({ id }) => id),
    status,
    ended: !steps.some(isOpenStep) && status !== "refused",
    startedAtMs: starts.length === 0 ? null : Math.min(...starts),
    finishedAtMs,
    ofCutover: isOfCutover(migration, { kind, final, finishedAtMs }),
  };
}

function fileTitle(backup: FileType | null, final: boolean): string {
  if (final) return "final";
  return backup === null || backup === "other" ? "file" : backup;
}

function groupStatus(steps: readonly StepSnapshot[], fileState: string | null): Status {
  for (const status of ["unknown", "failed"] as const) {
    if (steps.some((step) => step.status === status)) return status;
  }
  const open = steps.find(isOpenStep);
  if (open) return open.status;
  if (fileState === "refused" || fileState === "skipped") return fileState;
  const last = steps.at(-1)?.status ?? "pending";
  // Its file was left out, or came in with a later round: the refusal stands in nobody's way.
  return last === "refused" ? "skipped" : last;
}

function isOfCutover(
  { cutover, rehearsal }: MigrationSnapshot,
  group: Pick<TimelineGroup, "kind" | "final" | "finishedAtMs">,
): boolean {
  const { kind, final, finishedAtMs } = group;
  if (!cutover || kind === "preflight") return false;
  // The cutover of a rehearsal is asked for at its start.
  if (rehearsal && kind === "file" && !final) return false;
  return finishedAtMs === null || finishedAtMs >= Date.parse(cutover.requestedAt);
}

/** Groups of the cutover that have not begun, by their titles. */
export function cutoverAhead(groups: readonly TimelineGroup[]): string[] {
  const way = ["final", "open", "check"];
  const begun = new Set(groups.filter((group) => group.ofCutover).map(({ title }) => title));
  return way.slice(way.findLastIndex((title) => begun.has(title)) + 1);
}
