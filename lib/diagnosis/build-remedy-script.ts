import { quoteIdentifier, quoteText } from "./quote-sql";

/**
 * The T-SQL that mends what a probe found, to copy: names stand in it quoted. Each throws RangeError on a name that no SQL
 * Server has. Source of the statements: Microsoft Learn, ALTER DATABASE SET options, BACKUP, sp_update_job.
 */
export const remedyScript = {
  checkDatabase: (database: string) =>
    `DBCC CHECKDB (${quoteIdentifier(database)}) WITH NO_INFOMSGS, ALL_ERRORMSGS;`,
  openTransactions: (database: string) => `DBCC OPENTRAN (${quoteIdentifier(database)}) WITH NO_INFOMSGS;`,
  pageVerify: (database: string) =>
    `ALTER DATABASE ${quoteIdentifier(database)} SET PAGE_VERIFY CHECKSUM WITH NO_WAIT;`,
  readWrite: (database: string) => `ALTER DATABASE ${quoteIdentifier(database)} SET READ_WRITE WITH NO_WAIT;`,
  online: (database: string) => `ALTER DATABASE ${quoteIdentifier(database)} SET ONLINE;`,
  recover: (database: string) => `RESTORE DATABASE ${quoteIdentifier(database)} WITH RECOVERY;`,
  multiUser: (database: string) => `ALTER DATABASE ${quoteIdentifier(database)} SET MULTI_USER;`,
  restrictedUser: (database: string) => `ALTER DATABASE ${quoteIdentifier(database)} SET RESTRICTED_USER;`,
  singleUser: (database: string) => `ALTER DATABASE ${quoteIdentifier(database)} SET SINGLE_USER;`,
  recoveryFull: (database: string) =>
    `ALTER DATABASE ${quoteIdentifier(database)} SET RECOVERY FULL WITH NO_WAIT;`,
  fullBackup: (database: string, path: string) =>
    `BACKUP DATABASE ${quoteIdentifier(database)} TO DISK = ${quoteText(path)} WITH INIT, CHECKSUM, STATS = 5;`,
  disableCdc: (database: string) => `USE ${quoteIdentifier(database)};\nEXEC sys.sp_cdc_disable_db;`,
  decrypt: (database: string) =>
    `ALTER DATABASE ${quoteIdentifier(database)} SET ENCRYPTION OFF;\n` +
    "-- wait until encryption_state is 1, then:\n" +
    `USE ${quoteIdentifier(database)};\nDROP DATABASE ENCRYPTION KEY;`,
  disableJob: (job: string) => `EXEC msdb.dbo.sp_update_job @job_name = ${quoteText(job)}, @enabled = 0;`,
} as const;
