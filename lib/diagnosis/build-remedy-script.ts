import { quoteIdentifier, quoteText, scriptOf } from "./quote-sql";

const carrying =
  <Names extends string[]>(build: (...names: Names) => string) =>
  (...names: Names): string | null =>
    scriptOf(names, () => build(...names));

/**
 * The T-SQL that mends what a probe found, to copy: names stand in it quoted. Each is null for a name that no
 * script can carry. Source of the statements: Microsoft Learn, ALTER DATABASE SET options, BACKUP, sp_update_job.
 */
export const remedyScript = {
  checkDatabase: carrying(
    (database: string) => `DBCC CHECKDB (${quoteIdentifier(database)}) WITH NO_INFOMSGS, ALL_ERRORMSGS;`,
  ),
  openTransactions: carrying(
    (database: string) => `DBCC OPENTRAN (${quoteIdentifier(database)}) WITH NO_INFOMSGS;`,
  ),
  pageVerify: carrying(
    (database: string) =>
      `ALTER DATABASE ${quoteIdentifier(database)} SET PAGE_VERIFY CHECKSUM WITH NO_WAIT;`,
  ),
  readWrite: carrying(
    (database: string) => `ALTER DATABASE ${quoteIdentifier(database)} SET READ_WRITE WITH NO_WAIT;`,
  ),
  online: carrying((database: string) => `ALTER DATABASE ${quoteIdentifier(database)} SET ONLINE;`),
  recover: carrying((database: string) => `RESTORE DATABASE ${quoteIdentifier(database)} WITH RECOVERY;`),
  multiUser: carrying((database: string) => `ALTER DATABASE ${quoteIdentifier(database)} SET MULTI_USER;`),
  restrictedUser: carrying(
    (database: string) => `ALTER DATABASE ${quoteIdentifier(database)} SET RESTRICTED_USER;`,
  ),
  singleUser: carrying((database: string) => `ALTER DATABASE ${quoteIdentifier(database)} SET SINGLE_USER;`),
  recoveryFull: carrying(
    (database: string) => `ALTER DATABASE ${quoteIdentifier(database)} SET RECOVERY FULL WITH NO_WAIT;`,
  ),
  fullBackup: carrying(
    (database: string, path: string) =>
      `BACKUP DATABASE ${quoteIdentifier(database)} TO DISK = ${quoteText(path)} WITH INIT, CHECKSUM, STATS = 5;`,
  ),
  disableCdc: carrying(
    (database: string) => `USE ${quoteIdentifier(database)};\nEXEC sys.sp_cdc_disable_db;`,
  ),
  decrypt: carrying(
    (database: string) =>
      `ALTER DATABASE ${quoteIdentifier(database)} SET ENCRYPTION OFF;\n` +
      "-- wait until encryption_state is 1, then:\n" +
      `USE ${quoteIdentifier(database)};\nDROP DATABASE ENCRYPTION KEY;`,
  ),
  disableJob: carrying(
    (job: string) => `EXEC msdb.dbo.sp_update_job @job_name = ${quoteText(job)}, @enabled = 0;`,
  ),
} as const;
