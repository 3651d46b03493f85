import type { PartSpan, PlanPart } from "@/lib/forecast/plan-input";
import { partsOfMethod } from "@/lib/forecast/plan-input";
import type { StepKind } from "@/lib/migration/generated/step-kinds";
import { isOpenStep, type MigrationSnapshot, type StepSnapshot } from "@/lib/migration/snapshot";
import type { MigrationMethod } from "@/lib/migration/vocabulary/method";
import type { TimelineGroup } from "./timeline-groups";

/** A part as it went, and the group of steps that it belongs to. */
export interface PartActual {
  span: PartSpan;
  groupKey: string | null;
}

const BACKUP: readonly StepKind[] = ["backup", "find_file"];
const UPLOAD: readonly StepKind[] = ["upload"];
const IMPORT: readonly StepKind[] = ["inspect", "import", "await_import"];

/** The parts of the plan that have begun, each from the first start of its steps to their last end. */
export function partSpans(
  migration: MigrationSnapshot,
  groups: readonly TimelineGroup[],
): Map<PlanPart, PartActual> {
  const steps = new Map(migration.steps.map((step) => [step.id, step]));
  const met = new Map<PlanPart, PartActual>();
  const note = (part: PlanPart, group: TimelineGroup | undefined, kinds?: readonly StepKind[]) => {
    const own = (group?.stepIds ?? []).flatMap((id) => steps.get(id) ?? []);
    const span = spanOf(kinds ? own.filter(({ kind }) => kinds.includes(kind)) : own);
    if (group && span) met.set(part, { span, groupKey: group.key });
  };
  const files = groups.filter(({ kind }) => kind === "file");
  const [full, ...others] = files;
  const first = others.find(({ final, status }) => !final && status !== "refused" && status !== "skipped");
  const ofCutover = (kind: string) => groups.findLast((group) => group.kind === kind && group.ofCutover);
  note(
    "preflight",
    groups.find(({ kind }) => kind === "preflight"),
  );
  note("full_backup", full, BACKUP);
  note("full_upload", full, UPLOAD);
  note("restore", full, IMPORT);
  note("log_backup", first, BACKUP);
  note("log_upload", first, UPLOAD);
  note("log_import", first, IMPORT);
  note("stop_writes", ofCutover("stop_writes"));
  note(
    "last_log",
    others.findLast(({ final, ofCutover: own }) => final && own),
  );
  note("open", ofCutover("open"));
  note("check", ofCutover("check"));
  const rounds = roundsSpan(met);
  if (rounds) met.set("rounds", { span: rounds, groupKey: null });
  return met;
}

/** From the first log in the target to the stop of writes. */
function roundsSpan(met: ReadonlyMap<PlanPart, PartActual>): PartSpan | null {
  const startMs = met.get("log_import")?.span.endMs ?? null;
  if (startMs === null) return null;
  const next = met.get("stop_writes") ?? met.get("last_log") ?? met.get("open");
  return { startMs, endMs: next ? Math.max(startMs, next.span.startMs) : null };
}

/** The same for the models: parts that were passed over on the way to a later one are null. */
export function progressOf(
  method: MigrationMethod,
  met: ReadonlyMap<PlanPart, PartActual>,
): Map<PlanPart, PartSpan | null> {
  const way = partsOfMethod(method);
  const last = way.findLastIndex((part) => met.has(part));
  return new Map(way.slice(0, last + 1).map((part) => [part, met.get(part)?.span ?? null]));
}

function spanOf(steps: readonly StepSnapshot[]): PartSpan | null {
  const starts = steps.flatMap(({ startedAtMs }) => startedAtMs ?? []);
  if (starts.length === 0) return null;
  const ends = steps.flatMap(({ finishedAtMs }) => finishedAtMs ?? []);
  const isOver = ends.length > 0 && !steps.some(isOpenStep);
  return { startMs: Math.min(...starts), endMs: isOver ? Math.max(...ends) : null };
}
