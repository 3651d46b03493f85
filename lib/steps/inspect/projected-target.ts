import { storedHeader } from "@/lib/backup/stored-header";
import { targetAfter } from "@/lib/chain/target-after";
import type { ChainTarget } from "@/lib/chain/verdict";
import { roundOfKey } from "@/lib/migration/step-key";
import type { BackupFile } from "@/lib/store/generated/client";
import type { MigrationRows } from "@/lib/store/migration-rows";
import { targetOf } from "./inspect-object";

const IN_HAND: ReadonlySet<string> = new Set(["inspected", "importing"]);
const ENDED: ReadonlySet<string> = new Set(["refused", "skipped", "cancelled"]);

export interface ProjectedTarget {
  /** What the target will hold once all that is before this round has been restored; null: nothing. */
  target: ChainTarget | null;
  /** Some of that is not restored yet: what is superfluous by it may be needed should one of them fail. */
  ahead: boolean;
}

/** The target as a file of the given round will find it: as it is, then the files that go in before it. */
export function projectedTarget(migration: MigrationRows, round: number): ProjectedTarget {
  const before = migration.files
    .map((file) => ({ file, round: isInHand(migration, file) ? roundOfFile(migration, file) : null }))
    .filter((one) => one.round !== null && one.round < round && IN_HAND.has(one.file.state))
    .sort((a, b) => (a.round ?? 0) - (b.round ?? 0));
  const target = before.reduce<ChainTarget | null>((reached, { file }) => {
    const set = storedHeader(file.header);
    return set ? targetAfter(reached, set) : reached;
  }, targetOf(migration));
  return { target, ahead: before.length > 0 };
}

/** A round of its own is at work on it, or waits for its turn to hand it to RDS. */
export function isInHand(
  { steps }: Pick<MigrationRows, "steps">,
  file: Pick<BackupFile, "id" | "state">,
): boolean {
  const last = steps.filter((step) => step.fileId === file.id).at(-1);
  return last !== undefined && file.state !== "imported" && !ENDED.has(last.status);
}

function roundOfFile({ steps }: MigrationRows, file: BackupFile): number | null {
  return steps.reduce<number | null>((newest, step) => {
    const round = step.fileId === file.id ? roundOfKey(step.key) : null;
    return round === null ? newest : Math.max(newest ?? round, round);
  }, null);
}
