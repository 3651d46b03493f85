import type { FileSnapshot, StepSnapshot } from "@/lib/migration/snapshot";
import { peekStepData } from "@/lib/migration/step-definition";
import { releaseSource } from "@/lib/steps/release-source/definition";
import type { RuledStep } from "@/lib/store/migration-rows";

const LOST: ReadonlySet<string> = new Set(["skipped", "refused", "failed"]);
const AT_RDS: ReadonlySet<string> = new Set(["importing", "imported"]);

/** The newest way back that had to recover the source, by its place among the steps; null: none had to. */
export function newestRecovery(steps: readonly RuledStep[]): number | null {
  const recoveries = steps.filter(
    (step) =>
      step.kind === "release_source" &&
      step.status === "succeeded" &&
      peekStepData(releaseSource, step).result?.forked === true,
  );
  return recoveries.length === 0 ? null : Math.max(...recoveries.map(({ ordinal }) => ordinal));
}

/**
 * A cutover was taken back after its last log, which went into no target; the source's next log begins where that one ended.
 * Only a differential reaches over the hole: it is due until one was taken.
 */
export function isBridgeDue(
  recovery: number | null,
  { steps, files }: { steps: readonly StepSnapshot[]; files: readonly FileSnapshot[] },
): boolean {
  if (recovery === null) return false;
  const fileOf = (step: StepSnapshot | undefined) => files.find(({ id }) => id === step?.fileId);
  const tail = steps
    .filter(({ kind, aim, ordinal }) => kind === "backup" && aim?.final === true && ordinal < recovery)
    .sort((a, b) => b.ordinal - a.ordinal)[0];
  if (AT_RDS.has(fileOf(tail)?.state ?? "")) return false;
  return !steps.some((step) => {
    const file = step.ordinal > recovery ? fileOf(step) : undefined;
    return file !== undefined && /^(?:differential|full)$/.test(file.type ?? "") && !LOST.has(file.state);
  });
}
