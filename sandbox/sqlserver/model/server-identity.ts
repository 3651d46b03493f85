/** Who the sandbox's server says it is: SQL Server 2019 Enterprise on Windows, default instance. */
export const SERVER = {
  machineName: "PROD-SQL-01",
  serverName: "PROD-SQL-01",
  productVersion: "15.0.4430.1",
  major: 15,
  minor: 0,
  build: 4430,
  productLevel: "RTM",
  updateLevel: "CU32",
  updateReference: "KB5054833",
  edition: "Enterprise Edition (64-bit)",
  editionId: 1804890536n,
  engineEdition: 3,
  collation: "SQL_Latin1_General_CP1_CI_AS",
  databaseVersion: 904,
  compatibilityLevel: 150,
  dataFolder: "C:\\Program Files\\Microsoft SQL Server\\MSSQL15.MSSQLSERVER\\MSSQL\\DATA\\",
  backupFolder: "D:\\Backup\\",
  serviceAccount: "NT SERVICE\\MSSQLSERVER",
} as const;

export const VERSION_TEXT = `Microsoft SQL Server 2019 (${SERVER.productLevel}-${SERVER.updateLevel}) (${SERVER.updateReference}) - ${SERVER.productVersion} (X64) \n\tFeb 21 2025 17:33:34 \n\tCopyright (C) 2019 Microsoft Corporation\n\tEnterprise Edition (64-bit) on Windows Server 2019 Datacenter 10.0 <X64> (Build 17763: ) (Hypervisor)\n`;
