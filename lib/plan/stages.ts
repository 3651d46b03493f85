import type { MigrationSnapshot, StepSnapshot } from "@/lib/migration/snapshot";
import type { MigrationMethod } from "@/lib/migration/vocabulary/method";
import type { Phase } from "@/lib/migration/vocabulary/phase";
import type { Status } from "@/lib/migration/vocabulary/status";
import type { Standing } from "./standing";
import { ofKind } from "./step-definitions";

export interface Stage {
  phase: Phase;
  status: Status;
  current: boolean;
  /** How long it took, once it is over. */
  tookMs: number | null;
  /** Of the rounds: how many files went in; null of the others. */
  files: number | null;
}

const WAY: Record<MigrationMethod, readonly Phase[]> = {
  access_pending: ["preflight", "full", "rounds", "cutover", "open", "check", "online"],
  immediate: ["preflight", "full", "check", "online"],
};

/** The stages of this migration's method, each with its status; those behind are done, those ahead not begun. */
export function stagesOf(
  migration: Pick<MigrationSnapshot, "method" | "steps" | "files">,
  standing: Pick<Standing, "phase" | "status">,
): Stage[] {
  const way = WAY[migration.method];
  const now = way.indexOf(standing.phase);
  return way.map((phase, index) => {
    const over = index < now || (phase === "online" && standing.phase === "online");
    const current = index === now;
    const status: Status = over ? "succeeded" : current ? standing.status : "pending";
    return {
      phase,
      status,
      current,
      tookMs: over ? tookMs(phase, migration) : null,
      files: phase === "rounds" ? roundsDone(migration) : null,
    };
  });
}

function roundsDone({ files }: Pick<MigrationSnapshot, "files">): number {
  return files.filter((file) => file.state === "imported" && file.type !== "full" && !file.final).length;
}

function tookMs(phase: Phase, { steps, files }: Pick<MigrationSnapshot, "steps" | "files">): number | null {
  const isOf = (step: StepSnapshot): boolean => {
    const place = ofKind(step.kind).phase;
    if (place !== "by_file") return place.open === phase;
    const file = files.find((candidate) => candidate.id === step.fileId);
    return (phase === "full" && file?.type === "full") || (phase === "cutover" && file?.final === true);
  };
  const own = steps.filter((step) => step.status === "succeeded" && isOf(step));
  const starts = own.flatMap((step) => (step.startedAtMs === null ? [] : [step.startedAtMs]));
  const ends = own.flatMap((step) => (step.finishedAtMs === null ? [] : [step.finishedAtMs]));
  return starts.length > 0 && ends.length > 0 ? Math.max(...ends) - Math.min(...starts) : null;
}
