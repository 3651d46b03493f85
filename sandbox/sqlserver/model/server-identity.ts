/** Who the sandbox's server says it is, whatever its release: the default instance of a Windows machine. */
export const SERVER = {
  machineName: "PROD-SQL-01",
  serverName: "PROD-SQL-01",
  collation: "SQL_Latin1_General_CP1_CI_AS",
  dataFolder: "C:\\Program Files\\Microsoft SQL Server\\MSSQL15.MSSQLSERVER\\MSSQL\\DATA\\",
  backupFolder: "D:\\Backup\\",
  serviceAccount: "NT SERVICE\\MSSQLSERVER",
} as const;
