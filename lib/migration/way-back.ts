import type { ServerRelease } from "./server-release";

/** Whether what RDS will have written can come back to the source by a backup of RDS's. */
export const WAY_BACK_RULES = ["possible", "newer_target", "unknown"] as const;
export type WayBackRule = (typeof WAY_BACK_RULES)[number];

/**
 * An older SQL Server never restores a backup of a newer one, whatever the database's compatibility level (message 3169); an equal or
 * newer one does. Null: nobody knows the release, and nothing is promised.
 * https://learn.microsoft.com/sql/t-sql/statements/restore-statements-transact-sql#compatibility-support
 */
export function judgeWayBack(source: ServerRelease | null, target: ServerRelease | null): WayBackRule {
  if (source === null || target === null) return "unknown";
  return source.rank >= target.rank ? "possible" : "newer_target";
}

/**
 * Where the backup that comes back is put: in the folder of the source's backups, of Windows or of Linux, which its server can read; by
 * default `D:\Backup`.
 */
export function wayBackFile(folder: string | null, database: string): string {
  const place = folder === null || folder === "" ? "D:\\Backup" : folder.replace(/[\\/]+$/, "");
  const slash = place.startsWith("/") ? "/" : "\\";
  // What no file name of Windows may hold.
  const plain = database.replace(/[<>:"/\\|?*\p{Cc}]/gu, "_");
  return `${place}${slash}${plain}_from_rds.bak`;
}

interface MeasuredFile {
  type: string;
  bytes: number;
  uploadSeconds: number | null;
  importSeconds: number | null;
}

/**
 * How long the way back would take, in seconds, from what this migration measured: the download of a backup as large as its full
 * one at the rate of its uploads, the restore at the rate at which RDS restored the full one. Stand-ins: the line down and the
 * source's disks were not measured.
 */
export function forecastWayBack(rounds: readonly MeasuredFile[]): {
  sizeBytes: number | null;
  downloadSeconds: number | null;
  restoreSeconds: number | null;
} {
  const full = rounds.find(({ type }) => type === "full");
  if (full === undefined) return { sizeBytes: null, downloadSeconds: null, restoreSeconds: null };
  const sent = rounds.filter(({ uploadSeconds }) => uploadSeconds !== null && uploadSeconds > 0);
  const seconds = sent.reduce((sum, { uploadSeconds }) => sum + (uploadSeconds ?? 0), 0);
  const bytes = sent.reduce((sum, round) => sum + round.bytes, 0);
  return {
    sizeBytes: full.bytes,
    downloadSeconds: seconds > 0 && bytes > 0 ? (full.bytes * seconds) / bytes : null,
    restoreSeconds: full.importSeconds,
  };
}
