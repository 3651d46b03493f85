/** What ApsaraDB RDS for SQL Server allows (Alibaba's pages on API quotas and on importing backups). */

/** Imports of a database of an instance a day. When RDS begins its day is not documented. */
export const IMPORTS_PER_DAY = 20;

/** Of those, what rounds on a schedule leave: the last log, and what goes wrong before it. */
export const RESERVED_IMPORTS = 4;

/** What a cutover needs at least: its last log, and once more where that goes wrong. */
export const CUTOVER_IMPORTS = 2;

/** Of all databases of an instance together. */
export const INSTANCE_IMPORTS_PER_DAY = 500;

/** The largest backup file that is imported. */
export const LARGEST_FILE_BYTES = 3 * 1024 ** 4;

/** The day that imports are counted in, as far as we know: since midnight UTC. */
export function importDayBegan(now: Date): Date {
  const midnight = new Date(now);
  midnight.setUTCHours(0, 0, 0, 0);
  return midnight;
}

/** Alibaba recommends a last log backup of at most 500 MB before writes stop. */
export const LAST_LOG_LIMIT_BYTES = 500_000_000;
