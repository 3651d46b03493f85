import type { BackupSet } from "@/lib/backup/header";
import type { ChainTarget } from "./verdict";

/**
 * What the target holds after `set` has been restored WITH NORECOVERY onto `target` (null: nothing yet). A full gives
 * it a new differential base; a differential or log only moves it on. Says nothing about whether the set fits.
 */
export function targetAfter(target: ChainTarget | null, set: BackupSet): ChainTarget {
  const lsn = set.lastLsn ?? target?.lsn ?? 0n;
  const lastRecoveryForkGuid = set.lastRecoveryForkGuid;
  const familyGuid = set.familyGuid ?? target?.familyGuid ?? null;
  if (set.type === "full") {
    // A copy-only full never is a differential base, so no differential may name it.
    return {
      lsn,
      differentialBaseLsn: set.copyOnly === true ? null : set.checkpointLsn,
      differentialBaseGuid: set.copyOnly === true ? null : set.backupSetGuid,
      lastRecoveryForkGuid,
      familyGuid,
    };
  }
  return {
    lsn,
    differentialBaseLsn: target?.differentialBaseLsn ?? null,
    differentialBaseGuid: target?.differentialBaseGuid ?? null,
    lastRecoveryForkGuid,
    familyGuid,
  };
}
