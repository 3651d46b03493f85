import { formatLsn } from "@/lib/backup/lsn";
import type { ChainTarget } from "@/lib/chain/verdict";
import type { FileProblem } from "@/lib/migration/judge-reading";
import type { Migration, Prisma } from "@/lib/store/generated/client";
import type { FileRow } from "@/lib/store/typed-rows";

/** What the target holds, as the migration's row remembers it; null before the full is restored. */
export function targetOf(migration: Migration): ChainTarget | null {
  if (migration.targetLsn === null) return null;
  return {
    lsn: BigInt(migration.targetLsn),
    differentialBaseGuid: migration.targetBaseGuid,
    differentialBaseLsn: migration.targetBaseLsn === null ? null : BigInt(migration.targetBaseLsn),
    lastRecoveryForkGuid: migration.targetForkGuid,
    familyGuid: migration.targetFamilyGuid,
  };
}

/** The chain's problem as it is stored and shown. */
export function verdictJson(problem: FileProblem): Prisma.InputJsonObject {
  return {
    kind: problem.kind,
    fromLsn: problem.fromLsn === undefined ? null : formatLsn(problem.fromLsn),
    toLsn: problem.toLsn === undefined ? null : formatLsn(problem.toLsn),
    message: problem.message,
  };
}

export function isUsable(file: FileRow): boolean {
  return ["written", "uploaded", "inspected", "refused"].includes(file.state);
}
