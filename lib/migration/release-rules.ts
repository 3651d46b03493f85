import type { FileSnapshot, MigrationSnapshot, StepSnapshot } from "./snapshot";
import type { ReleaseRequest } from "./source-custody";
import type { CustodyStanding } from "./vocabulary/custody";

type CutoverStep = Pick<StepSnapshot, "kind" | "round" | "aim">;

/**
 * Whether a step belongs to the cutover and ends with it. The last log does, while only we have it; what RDS has got, and
 * what an ordinary round could have brought too, goes on.
 */
export function isOfCutover(step: CutoverStep, file: Pick<FileSnapshot, "tail" | "state"> | null): boolean {
  if (step.kind === "preflight" || step.kind === "release_source") return false;
  if (step.round === null || step.aim?.final === true) return true;
  return file?.tail === true && file.state !== "importing" && file.state !== "imported";
}

/** Whether a request to give the source back ends this step: nothing that it intends may be begun any more. */
export function isEndedByRelease(
  release: Pick<ReleaseRequest, "why"> | null,
  step: CutoverStep,
  file: Pick<FileSnapshot, "tail" | "state"> | null,
): boolean {
  if (release === null || step.kind === "release_source") return false;
  return release.why === "cancel" || isOfCutover(step, file);
}

/** Effects that the source, or RDS, may be at: they come to their end before the source is given back. */
const SETTLES_FIRST: ReadonlySet<string> = new Set(["stop_writes", "backup", "import", "open"]);

export function settlesFirst(step: Pick<StepSnapshot, "kind">): boolean {
  return SETTLES_FIRST.has(step.kind);
}

/** Where the closed source stands; null: it is not closed by us. */
export function custodyStanding(
  migration: Pick<MigrationSnapshot, "custody" | "release" | "steps" | "status">,
  online: boolean,
): CustodyStanding | null {
  if (migration.custody === null) return null;
  if (migration.release !== null) return isReleaseStuck(migration) ? "stuck" : "releasing";
  if (migration.status === "cancelled") return "left";
  return online ? "kept" : "held";
}

const STUCK: ReadonlySet<string> = new Set(["retrying", "waiting_for_user", "failed", "unknown"]);

/** The server could not be asked, or said something else than it should: a person looks. */
export function isReleaseStuck({ steps }: Pick<MigrationSnapshot, "steps">): boolean {
  return steps.some((step) => step.kind === "release_source" && STUCK.has(step.status));
}
