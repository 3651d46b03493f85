import type { BackupSet } from "@/lib/backup/header";
import { parseLsn } from "@/lib/backup/lsn";
import type { WantedBackup } from "@/lib/contracts/missing-backup";

interface WantingFile {
  name: string;
  state: string;
  firstLsn: string | null;
  lastLsn: string | null;
  startedAtLocal: string | null;
  finishedAtLocal: string | null;
  utcOffsetMinutes: number | null;
  verdict: { kind: string; fromLsn: string | null; toLsn: string | null } | null;
}

interface Waiting {
  targetLsn: string | null;
  files: readonly WantingFile[];
  /** The next file is waited for, or one was refused. */
  waits: boolean;
  /** Header of the refused file. */
  refusedHeader: BackupSet | null;
}

/**
 * The backup that a migration cannot go on without: what a refused file leaves open, else what follows on the target.
 * Null when it waits for none, or when the target has passed the gap meanwhile.
 */
export function wantedBackup({ targetLsn, files, waits, refusedHeader }: Waiting): WantedBackup | null {
  if (!waits) return null;
  const refused = files.find((file) => file.state === "refused") ?? null;
  const last = targetLsn === null ? null : (files.find((file) => file.lastLsn === targetLsn) ?? null);
  const common = {
    baseGuid: null,
    baseLsn: null,
    afterLocal: last?.finishedAtLocal ?? null,
    beforeLocal: null,
    utcOffsetMinutes: last?.utcOffsetMinutes ?? refused?.utcOffsetMinutes ?? null,
    blockedFile: refused?.name ?? null,
  };
  if (targetLsn === null) {
    return {
      ...common,
      kind: "full",
      fromLsn: null,
      toLsn: null,
      baseGuid: refusedHeader?.differentialBaseGuid ?? refusedHeader?.baseBackupSetGuid ?? null,
      baseLsn: baseLsnOf(refusedHeader),
      beforeLocal: refused?.startedAtLocal ?? null,
    };
  }
  const isGap = refused?.verdict?.kind === "gap" && refused.verdict.toLsn !== null;
  const toLsn = isGap ? (refused.verdict?.toLsn ?? null) : null;
  if (toLsn !== null && parseLsn(targetLsn) >= parseLsn(toLsn)) return null;
  return {
    ...common,
    kind: "log",
    fromLsn: targetLsn,
    toLsn,
    beforeLocal: isGap ? refused.startedAtLocal : null,
  };
}

/** 0 says that there was no full before (msdb writes it so). */
function baseLsnOf(header: BackupSet | null): string | null {
  const lsn = header?.differentialBaseLsn ?? header?.databaseBackupLsn ?? null;
  return lsn === null || lsn === 0n ? null : lsn.toString();
}
