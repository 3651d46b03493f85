/** What the preflight finds at the source: `<id>.title`, a sentence a verdict, and the remedy. */
export const probeOfSource = {
  "source.reachable.title": "Source server",
  "source.reachable.pass": "{server} answers, signed in as {user}.",
  "source.reachable.block": "The server does not answer or refuses the login.",
  "source.reachable.remedy": "Test the connection under Connections: it says exactly what fails.",
  "source.version.title": "SQL Server version",
  "source.version.pass": "{version}, {edition}.",
  "source.version.block": "{version} is too old: RDS imports backups of SQL Server 2005 and later.",
  "source.version.remedy": "Restore the database on a newer SQL Server first and migrate from there.",
  "source.service.title": "Whose service the server is",
  "source.service.pass": "A SQL Server of your own: it can write a chain of backups into files.",
  "source.service.block":
    "{service, select, managed_instance {Azure SQL Managed Instance takes copy-only full backups to Azure storage and no others} other {Azure SQL Database takes no backups into files}}: there is no chain that RDS could restore.",
  "source.service.remedy":
    "Export the database as a BACPAC into a SQL Server of your own and migrate from there, or move it with DTS.",
  "source.clock.title": "Clock of the source server",
  "source.clock.pass": "Agrees with ours within {seconds, plural, one {# second} other {# seconds}}.",
  "source.clock.warn":
    "{seconds, plural, one {# second} other {# seconds}} {side, select, behind {behind} other {ahead of}} ours: times in msdb and in the backups are wrong by as much, and so is the data gap shown here.",
  "source.clock.block": "The clock is wrong.",
  "source.clock.remedy":
    "Let the server’s Windows or Linux take its time from a time server (w32tm /resync), or know of the difference.",
  "source.state.title": "Database state",
  "source.state.pass": "{database} is {state}, {userAccess}.",
  "source.state.warn": "{database} is {state} but {userAccess}: others may not be able to use it.",
  "source.state.block": "{database} is {state}: a backup cannot be taken.",
  "source.state.remedy":
    "Bring it ONLINE and MULTI_USER. SUSPECT and RECOVERY_PENDING need the cause mended first: see SQL Server’s error log.",
  "source.writable.title": "Whether the database can be written to",
  "source.writable.pass": "{database} is read-write.",
  "source.writable.warn":
    "{database} is read-only: every log backup repeats the last one, and a newer version cannot upgrade it while it is.",
  "source.writable.block":
    "{cause, select, snapshot {{database} is a snapshot of {of}: snapshots cannot be backed up.} other {{database} is in standby, between two restores: it cannot be backed up.}}",
  "source.writable.remedy":
    "{cause, select, snapshot {Choose {of} itself.} standby {Migrate from the server whose backups are restored here.} other {Make it read-write before the full backup.}}",
  "source.size.title": "Size of the database",
  "source.size.pass": "Data files {dataBytes}, {usedBytes} of them in use.",
  "source.size.warn":
    "{files, plural, =0 {{usedBytes} in use: uncompressed the full backup is larger than the 3 TB that RDS takes in a file.} one {# file is not online and will not be in the backup.} other {# files are not online and will not be in the backup.}}",
  "source.size.block":
    "{usedBytes} in use: even compressed the full backup is larger than the 3 TB that RDS takes in a file.",
  "source.size.unknown": "The login may not see the files’ sizes.",
  "source.size.remedy":
    "Compress the backup, archive what is not needed, or move such a database with DTS. Files that are OFFLINE: bring them online or drop them.",
  "source.page_verify.title": "Page checksums",
  "source.page_verify.pass": "PAGE_VERIFY is {mode}.",
  "source.page_verify.warn":
    "PAGE_VERIFY is {mode}: a page that was damaged on disk goes into the backup unnoticed and is found by RDS’s check.",
  "source.page_verify.block": "PAGE_VERIFY is {mode}.",
  "source.page_verify.remedy":
    "Turn it on (pages get theirs when they are next written) and run DBCC CHECKDB before the full backup.",
  "source.log_reuse.title": "Reuse of the log",
  "source.log_reuse.pass": "Nothing keeps old log ({wait}).",
  "source.log_reuse.warn": "{wait} keeps old log: the log file grows however often it is backed up.",
  "source.log_reuse.block": "{wait} keeps old log.",
  "source.log_reuse.remedy":
    "{wait, select, ACTIVE_TRANSACTION {Find the oldest open transaction and let it end.} REPLICATION {Start the Log Reader Agent or the capture job, or remove the replication that is left over.} AVAILABILITY_REPLICA {A secondary replica lags behind: resume or remove it.} DATABASE_MIRRORING {The mirror lags behind: resume or remove it.} other {Look up this reason in sys.databases and end what holds the log.}}",
  "source.recovery_model.title": "Recovery model",
  "source.recovery_model.pass": "{model}.",
  "source.recovery_model.warn": "{model}: log backups work, but a log with bulk operations may be large.",
  "source.recovery_model.block": "{model}: there are no log backups, so nothing can follow the full backup.",
  "source.recovery_model.remedy": "Set it to FULL; the log chain begins with the full backup that follows.",
  "source.log_chain.title": "Log chain",
  "source.log_chain.pass":
    "{cause, select, ok {A log chain is under way.} first_full {It begins with the full backup that Chainferry takes.} other {Not needed for immediate access.}}",
  "source.log_chain.block":
    "{cause, select, simple {SIMPLE keeps no log to back up.} other {{database} is FULL in name only: without a full backup since the change its log is cut at every checkpoint (“pseudo-simple”).}}",
  "source.log_chain.unknown": "The login may not see sys.database_recovery_status.",
  "source.log_chain.remedy":
    "Take a full backup that is not COPY_ONLY: it begins the chain, and it is the first file of the migration.",
  "source.full_backup.title": "Full backup",
  "source.full_backup.pass":
    "{takenBy, select, app {Chainferry takes it after the start.} other {The last one was taken by others.}}",
  "source.full_backup.warn": "msdb knows no full backup of {database}.",
  "source.full_backup.block": "There is no full backup of {database}.",
  "source.full_backup.remedy": "Take one and put it into the bucket, or let Chainferry take backups.",
  "source.log_rate.title": "How fast log is written",
  "source.log_rate.pass": "{minuteBytes} a minute on average, {peakBytes} in the busiest hour of the week.",
  "source.log_rate.warn":
    "A round of ten minutes gathers up to {roundBytes}: the last log does not come under {limitBytes} while the applications write like this.",
  "source.log_rate.block": "A round of ten minutes gathers up to {roundBytes}.",
  "source.log_rate.unknown": "Neither the file counters nor msdb tell it.",
  "source.log_rate.remedy":
    "Plan the cutover for a quiet hour, pause index rebuilds and loads until then, and use differentials: one replaces many logs.",
  "source.checkdb.title": "Last good DBCC CHECKDB",
  "source.checkdb.pass": "{at} (source time), {days, plural, =0 {today} one {# day ago} other {# days ago}}.",
  "source.checkdb.warn":
    "{cause, select, never {{database} was never checked: damage at the source shows at the very last step, when RDS opens the database.} other {{at} (source time), {days, plural, one {# day ago} other {# days ago}}: damage since then shows at the very last step, when RDS opens the database.}}",
  "source.checkdb.block": "DBCC CHECKDB found errors in {database}: what is damaged here arrives damaged.",
  "source.checkdb.remedy":
    "{cause, select, errors {Restore from a backup taken before the damage, or repair with your support; then check again.} other {Run it now: here, or with the script in a quiet hour.}}",
  "source.backup_jobs.title": "Agent jobs that take backups",
  "source.backup_jobs.pass":
    "{count, plural, =0 {No enabled job backs this database up.} one {{jobs} takes the backups of this migration.} other {{jobs} take the backups of this migration.}}",
  "source.backup_jobs.warn":
    "{jobs}: {effect, select, log {each log backup of theirs is a gap in ours.} full {each full backup of theirs moves the base of our differentials.} both {their log backups are gaps in ours, their full backups move the base of our differentials.} other {their backups are COPY_ONLY and harm nothing.}}",
  "source.backup_jobs.block": "{jobs} take backups of {database}.",
  "source.backup_jobs.remedy":
    "Disable the job until the cutover, or change its backups to COPY_ONLY. If backups must go on, the files of the others can be added to this migration.",
  "source.foreign_backups.title": "Backups by others",
  "source.foreign_backups.pass":
    "{takenBy, select, others {One owner only takes them.} other {None in the last day.}}",
  "source.foreign_backups.warn":
    "{owners}, last {last} (source time). {effect, select, log {Each log backup of theirs is a gap in ours.} full {Each full backup of theirs moves the base of our differentials.} both {Their log backups are gaps in ours, their full backups move the base of our differentials.} other {}} {virtual, plural, =0 {} other {Some went to a virtual device: VM or backup software takes them without an Agent job.}}",
  "source.foreign_backups.block": "{owners} take backups of {database}.",
  "source.foreign_backups.remedy":
    "Stop these backups until the cutover, in the software that takes them. While the migration runs, the drift watch reports each one within a minute.",
  "source.backup_running.title": "Other backups or restores running",
  "source.backup_running.pass": "None.",
  "source.backup_running.warn": "{command} by {login} ({program}) runs now: ours must wait or is refused.",
  "source.backup_running.block": "{command} by {login} runs now.",
  "source.backup_running.remedy": "Wait for its end and check again.",
  "source.backup_encryption.title": "Encryption of backups",
  "source.backup_encryption.pass":
    "{takenBy, select, app {Chainferry takes them without encryption.} other {None of the last week’s is.}}",
  "source.backup_encryption.block":
    "{count, plural, one {# backup of the last week was} other {# backups of the last week were}} taken WITH ENCRYPTION: RDS has no way to take the certificate, so it cannot restore them.",
  "source.backup_encryption.remedy": "Take the backups of the migration without WITH ENCRYPTION.",
  "source.edition_features.title": "Features bound to an edition",
  "source.edition_features.pass": "Nothing in the database keeps this instance from opening it.",
  "source.edition_features.block":
    "{refused}: {engineVersion} cannot open a database that uses it. RDS would say so at the very last step, after everything was imported.",
  "source.edition_features.unknown":
    "{features}: whether the instance can open this depends on its edition, which is not chosen yet or not known.",
  "source.edition_features.remedy":
    "Choose an Enterprise Edition instance, or remove the feature before the full backup. Microsoft’s page on sys.dm_db_persisted_sku_features says how, for each.",
  "source.tde.title": "Transparent data encryption (TDE)",
  "source.tde.pass": "No encryption.",
  "source.tde.warn": "Decrypted, but the key is still there, and with it encrypted log.",
  "source.tde.block":
    "Encrypted with certificate {certificate}: RDS has no way to take it, so it cannot restore a backup of this database.",
  "source.tde.remedy":
    "Turn encryption off, wait for the decryption to end, drop the key, then take a new full backup. RDS can encrypt the database again afterwards.",
  "source.filestream.title": "FILESTREAM and FileTable",
  "source.filestream.pass": "Neither is used.",
  "source.filestream.warn":
    "{groups, plural, one {# FILESTREAM filegroup} other {# FILESTREAM filegroups}}, {tables, plural, =0 {no FileTable} one {# FileTable} other {# FileTables}}: Alibaba’s pages do not say that RDS takes them.",
  "source.filestream.block": "FILESTREAM is used.",
  "source.filestream.remedy":
    "Try it with a copy of the database first, or move the files into OSS and drop the filegroup.",
  "source.memory_optimized.title": "Memory-optimized tables",
  "source.memory_optimized.pass": "None.",
  "source.memory_optimized.warn":
    "A memory-optimized filegroup cannot be removed once it is there: the instance must have the memory, and its edition must allow it.",
  "source.memory_optimized.block": "Memory-optimized tables are used.",
  "source.memory_optimized.remedy":
    "Choose an instance with enough memory, and try it with a copy of the database first.",
  "source.cdc.title": "Change data capture",
  "source.cdc.pass": "Off.",
  "source.cdc.warn":
    "A restore without KEEP_CDC drops the capture tables: what follows them must be set up again on RDS.",
  "source.cdc.block": "Change data capture is on.",
  "source.cdc.remedy":
    "Note the captured tables now and enable them on RDS after the cutover. If nobody reads them any more, turn capture off.",
  "source.replication.title": "Replication",
  "source.replication.pass": "Neither published nor a distributor.",
  "source.replication.warn":
    "Published: publications do not come along, and log that the Log Reader has not read stays in the log file.",
  "source.replication.block": "A distribution database belongs to its server and cannot be migrated.",
  "source.replication.remedy":
    "Plan new publications on RDS, and remove the old ones after the cutover. Keep the Log Reader Agent running until then.",
  "source.availability.title": "Availability group",
  "source.availability.pass": "In none.",
  "source.availability.warn":
    "{role} of {group}: log backups taken on any replica are part of one chain, and msdb here knows only its own.",
  "source.availability.block":
    "{role} of {group}: full backups that begin a chain and differentials are taken on the primary only.",
  "source.availability.remedy":
    "Connect to the primary replica, and let no other replica back up until the cutover (backup preference: primary). A failover in between needs the other server’s connection.",
  "source.mirroring.title": "Database mirroring",
  "source.mirroring.pass": "Not mirrored.",
  "source.mirroring.warn":
    "Principal of a mirroring session: after a failover the backups must be taken on the other server.",
  "source.mirroring.block": "Mirror of a mirroring session: it cannot be backed up.",
  "source.mirroring.remedy":
    "{role, select, MIRROR {Connect to the principal.} other {Do not fail over until the cutover, or remove mirroring.}}",
} as const;
