import type { Ctx } from "@/lib/context/context";
import { isEndedByRelease } from "@/lib/migration/release-rules";
import { RELEASE_WHYS, type ReleaseWhy } from "@/lib/migration/vocabulary/custody";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import type { Outcome } from "@/lib/steps/step-run";
import type { MigrationRows } from "@/lib/store/migration-rows";

/** The requests that end this step, should one come while it runs. */
export function endingReleases(migration: MigrationRows, stepId: string): ReleaseWhy[] {
  const snapshot = snapshotOf(migration);
  const step = snapshot.steps.find(({ id }) => id === stepId);
  if (!step) return [];
  const file = snapshot.files.find(({ id }) => id === step.fileId) ?? null;
  return RELEASE_WHYS.filter((why) => isEndedByRelease({ why }, step, file));
}

/**
 * What becomes of a step that a request to give the source back has ended: it is left out. One whose call is not settled yet
 * goes on until looking has told what came of it. Null: the step is run.
 */
export async function endedOutcome(
  { db }: Pick<Ctx, "db">,
  migration: MigrationRows,
  step: { id: string },
): Promise<Outcome | null> {
  const { release } = migration;
  if (release === null || !endingReleases(migration, step.id).includes(release.why)) return null;
  const unsettled = await db.onceCall.count({
    where: { stepId: step.id, OR: [{ settledAt: null }, { outcome: "accepted" }] },
  });
  return unsettled > 0 ? null : { type: "done", skipped: true };
}
