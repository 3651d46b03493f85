import { isFullHanded } from "@/lib/migration/next-round";
import { isFullImported, type MigrationSnapshot, type PlannedStep } from "@/lib/migration/snapshot";

/**
 * Whether a step waits for the wave that the migration is a member of: the import of its first backup for its turn at the
 * instance, a round that would begin by itself for the next day's imports. What a person or a cutover asks for never does.
 */
export function isHeldByWave({ kind, input }: PlannedStep, migration: MigrationSnapshot): boolean {
  const { restoreHeld, roundsHeld } = migration.wave;
  if (kind === "import") return restoreHeld && !isFullImported(migration.files);
  if (kind !== "backup" || input.final === true || migration.cutover !== null) return false;
  return roundsHeld && isFullHanded(migration);
}
