import { quoteText, requireScriptName } from "./quote-sql";

export const BACKUP_SCRIPT_TYPES = ["FULL", "DIFF", "LOG"] as const;
export type BackupScriptType = (typeof BACKUP_SCRIPT_TYPES)[number];

/** What the script says between its lines; texts `script.backup.<key>`. */
export const BACKUP_SCRIPT_TEXTS = ["about", "list", "type", "folder", "run", "end"] as const;
export type BackupScriptText = (typeof BACKUP_SCRIPT_TEXTS)[number];

export interface BackupScriptInput {
  /** Empty: every database but the system's own. */
  databases: readonly string[];
  type: BackupScriptType;
  /** As SQL Server sees it, `D:\Backup\`. */
  folder: string;
  /** False: only say what would be done. */
  run: boolean;
  say: (key: BackupScriptText) => string;
}

/**
 * T-SQL for those who take backups themselves in SSMS: the four parameters of the script that Alibaba offers for download
 * (list, type, folder, run or only check), filled in. Each file holds one set, is checked with CHECKSUM and VERIFYONLY,
 * compressed where the edition can, and named so that RDS takes the name; databases that can't be backed up are skipped
 * and said. Runs on 2008 R2 and later. Throws RangeError on a name that no SQL Server has.
 */
export function buildBackupScript(input: BackupScriptInput): string {
  for (const name of [...input.databases, input.folder]) {
    requireScriptName(name);
    if (name.length > 260) throw new RangeError(`Not a name of SQL Server: ${name}`);
  }
  const note = (key: BackupScriptText) => `-- ${input.say(key).replace(/\s+/g, " ")}`;
  // A line feed between names: they may hold every other separator.
  const list = input.databases.map(quoteText).join(" + NCHAR(10) + ");
  const folder = /[\\/]$/.test(input.folder) ? input.folder : `${input.folder}${separatorOf(input.folder)}`;
  return [
    note("about"),
    "SET NOCOUNT ON;",
    "DECLARE @backup_databases_list nvarchar(max), @backup_type nvarchar(4), @backup_folder nvarchar(200), @is_run bit;",
    `SET @backup_databases_list = ${list === "" ? "N''" : list}; ${note("list")}`,
    `SET @backup_type = ${quoteText(input.type)}; ${note("type")}`,
    `SET @backup_folder = ${quoteText(folder)}; ${note("folder")}`,
    `SET @is_run = ${input.run ? 1 : 0}; ${note("run")}`,
    "",
    BODY,
    note("end"),
    "",
  ].join("\n");
}

function separatorOf(folder: string): string {
  return folder.includes("/") && !folder.includes("\\") ? "/" : "\\";
}

const BODY = `DECLARE @names nvarchar(max), @loose nvarchar(max), @name sysname, @state nvarchar(60), @model nvarchar(60),
        @stem nvarchar(128), @bad int, @stamp nvarchar(14), @path nvarchar(400), @set nvarchar(128), @text nvarchar(max),
        @compression nvarchar(20), @done int;
IF @backup_type NOT IN (N'FULL', N'DIFF', N'LOG')
BEGIN
  RAISERROR (N'@backup_type must be FULL, DIFF or LOG.', 16, 1);
  RETURN;
END;
IF LEN(@backup_folder) < 2
BEGIN
  RAISERROR (N'@backup_folder must name a folder of this server.', 16, 1);
  RETURN;
END;
SET @names = NCHAR(10) + REPLACE(@backup_databases_list, NCHAR(13), NCHAR(10)) + NCHAR(10);
SET @loose = REPLACE(REPLACE(@names, N';', NCHAR(10)), N',', NCHAR(10));
SET @stamp = REPLACE(REPLACE(REPLACE(CONVERT(nvarchar(19), GETDATE(), 120), N'-', N''), N':', N''), N' ', N'');
SET @compression = CASE WHEN CONVERT(nvarchar(128), SERVERPROPERTY('Edition')) LIKE N'Express%'
                          OR CONVERT(nvarchar(128), SERVERPROPERTY('Edition')) LIKE N'Web%' THEN N'' ELSE N'COMPRESSION, ' END;
SET @done = 0;
SET @name = N'';
WHILE 1 = 1
BEGIN
  SET @set = NULL;
  SELECT TOP (1) @set = d.name, @state = d.state_desc, @model = d.recovery_model_desc
  FROM sys.databases AS d
  WHERE d.database_id > 4 AND d.source_database_id IS NULL AND d.name <> N'distribution' AND d.name > @name
    AND (LEN(REPLACE(@names, NCHAR(10), N'')) = 0
      OR CHARINDEX(NCHAR(10) + d.name + NCHAR(10), @names) > 0
      OR CHARINDEX(NCHAR(10) + d.name + NCHAR(10), @loose) > 0)
  ORDER BY d.name;
  IF @set IS NULL BREAK;
  SET @name = @set;
  IF @state <> N'ONLINE'
  BEGIN
    PRINT N'-- skipped, it is ' + @state + N': ' + @name;
    CONTINUE;
  END;
  IF @backup_type = N'LOG' AND @model = N'SIMPLE'
  BEGIN
    PRINT N'-- skipped, SIMPLE has no log backups: ' + @name;
    CONTINUE;
  END;
  SET @stem = LEFT(@name, 60);
  SET @bad = PATINDEX(N'%[^A-Za-z0-9]%', @stem COLLATE Latin1_General_BIN);
  WHILE @bad > 0
  BEGIN
    SET @stem = STUFF(@stem, @bad, 1, N'x');
    SET @bad = PATINDEX(N'%[^A-Za-z0-9]%', @stem COLLATE Latin1_General_BIN);
  END;
  SET @done = @done + 1;
  SET @path = @backup_folder + @stem + N'_' + @backup_type + N'_' + @stamp + N'_' + CONVERT(nvarchar(10), @done)
            + CASE @backup_type WHEN N'FULL' THEN N'.bak' WHEN N'DIFF' THEN N'.diff' ELSE N'.trn' END;
  SET @text = N'BACKUP ' + CASE @backup_type WHEN N'LOG' THEN N'LOG ' ELSE N'DATABASE ' END + QUOTENAME(@name)
            + N' TO DISK = @path WITH ' + CASE @backup_type WHEN N'DIFF' THEN N'DIFFERENTIAL, ' ELSE N'' END
            + N'FORMAT, INIT, CHECKSUM, ' + @compression + N'STATS = 5;';
  PRINT N'-- ' + CONVERT(nvarchar(10), @done) + N': ' + @name;
  PRINT REPLACE(@text, N'@path', N'N''' + REPLACE(@path, N'''', N'''''') + N'''');
  IF @is_run = 1
  BEGIN
    EXEC sys.sp_executesql @text, N'@path nvarchar(400)', @path = @path;
    EXEC sys.sp_executesql N'RESTORE VERIFYONLY FROM DISK = @path WITH CHECKSUM;', N'@path nvarchar(400)', @path = @path;
  END;
END;
IF @done = 0 PRINT N'-- No database was backed up: look at @backup_databases_list.';`;
