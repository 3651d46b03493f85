/** SQL Server's `ProductVersion`, `major.minor.build.revision`: 10.50 = 2008 R2, 13 = 2016, 17 = 2025. */
export interface ServerVersion {
  major: number;
  minor: number;
  build: number;
}

/** Throws RangeError on a text that does not begin with a version. */
export function parseServerVersion(text: string): ServerVersion {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  if (!match) throw new RangeError(`Not a product version: ${JSON.stringify(text)}`);
  return { major: Number(match[1]), minor: Number(match[2]), build: Number(match[3] ?? 0) };
}

/** sys.dm_exec_sessions has database_id and open_transaction_count from 2012. */
export function sessionsKnowTheirDatabase(version: ServerVersion): boolean {
  return version.major >= 11;
}

/** sys.dm_db_log_stats exists from 2016 SP2 (13.0.5026) and 2017. */
export function canTellLogSinceBackup(version: ServerVersion): boolean {
  return version.major >= 14 || (version.major === 13 && version.build >= 5026);
}
