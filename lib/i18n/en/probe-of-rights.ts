/** Rights of the login, and the folder that backups go through. */
export const probeOfRights = {
  "right.backup.title": "Right to back up",
  "right.backup.pass": "{login} has {right}.",
  "right.backup.warn": "{login} lacks {right}. Chainferry cannot take backups.",
  "right.backup.block": "{login} lacks {right}. Chainferry cannot take backups.",
  "right.backup.unknown": "The server does not tell: {login} may not enter the database.",
  "right.backup.remedy": "Let an administrator of the server run the script.",
  "right.server_state.title": "Right to see the server’s state",
  "right.server_state.pass": "{login} has {right}.",
  "right.server_state.warn":
    "{login} lacks {right}. Progress, running backups, encryption and log growth cannot be seen.",
  "right.server_state.block":
    "{login} lacks {right}. Progress, running backups, encryption and log growth cannot be seen.",
  "right.server_state.unknown": "The server does not tell: {login} may not enter the database.",
  "right.server_state.remedy": "Let an administrator of the server run the script.",
  "right.definitions.title": "Right to see definitions",
  "right.definitions.pass": "{login} has {right}.",
  "right.definitions.warn":
    "{login} lacks {right}. Sizes of files and the start of the next log backup cannot be seen.",
  "right.definitions.block":
    "{login} lacks {right}. Sizes of files and the start of the next log backup cannot be seen.",
  "right.definitions.unknown": "The server does not tell: {login} may not enter the database.",
  "right.definitions.remedy": "Let an administrator of the server run the script.",
  "right.msdb.title": "Right to read msdb",
  "right.msdb.pass": "{login} has {right}.",
  "right.msdb.warn":
    "{login} lacks {right}. Backups and jobs of others cannot be seen, and a backup whose answer was lost cannot be found again.",
  "right.msdb.block":
    "{login} lacks {right}. Backups and jobs of others cannot be seen, and a backup whose answer was lost cannot be found again.",
  "right.msdb.unknown": "The server does not tell: {login} may not enter the database.",
  "right.msdb.remedy": "Let an administrator of the server run the script.",
  "right.restore_headers.title": "Right to read backup headers",
  "right.restore_headers.pass": "{login} has {right}.",
  "right.restore_headers.warn":
    "{login} lacks {right}. A backup cannot be verified, and the folder is compared one way only.",
  "right.restore_headers.block":
    "{login} lacks {right}. A backup cannot be verified, and the folder is compared one way only.",
  "right.restore_headers.unknown": "The server does not tell: {login} may not enter the database.",
  "right.restore_headers.remedy": "Let an administrator of the server run the script.",
  "right.alter.title": "Right to stop writes",
  "right.alter.pass": "{login} has {right}.",
  "right.alter.warn":
    "{login} lacks {right}. The cutover cannot keep the applications out; somebody else must.",
  "right.alter.block":
    "{login} lacks {right}. The cutover cannot keep the applications out; somebody else must.",
  "right.alter.unknown": "The server does not tell: {login} may not enter the database.",
  "right.alter.remedy": "Let an administrator of the server run the script.",
  "right.checkdb.title": "Right to run DBCC CHECKDB",
  "right.checkdb.pass": "{login} has {right}.",
  "right.checkdb.warn": "{login} lacks {right}. The check cannot be run from here.",
  "right.checkdb.block": "{login} lacks {right}. The check cannot be run from here.",
  "right.checkdb.unknown": "The server does not tell: {login} may not enter the database.",
  "right.checkdb.remedy": "Let an administrator of the server run the script.",
  "folder.mapping.title": "Folder mapping",
  "folder.mapping.pass":
    "What SQL Server writes to its folder is read at {localFolder}.{on, select, share { The folder is on another machine: SQL Server’s own account writes there, not the login, and a backup fails when the share is away.} other {}}",
  "folder.mapping.warn": "{sourceFolder} and {localFolder} could not be compared to the end.",
  "folder.mapping.block":
    "{cause, select, too_long {Backups in {sourceFolder} would have paths of more than 259 characters, which SQL Server does not take.} missing {{localFolder} does not exist on this machine.} not_approved {{sourceFolder} and {localFolder} are not approved, so nothing was tried there.} denied {This process may not read {localFolder}, or SQL Server may not write to {sourceFolder}.} other {What SQL Server writes to {sourceFolder} does not appear at {localFolder}.}}",
  "folder.mapping.unknown":
    "Neither way could be tried: the login may not make folders, and we may not write here.",
  "folder.mapping.remedy":
    "{cause, select, too_long {Choose a folder with a shorter path, or share it under a shorter name.} not_approved {An administrator approves them under Settings, Folders, or by starting this migration.} other {Mount SQL Server’s backup folder on this machine and name it here as this process sees it: a service of Windows knows no drive letters that somebody has mapped, but \\\\server\\share. The account that SQL Server runs under needs the right to write to it{on, select, share {: on another machine that is the computer’s account (DOMAIN\\SERVER$) where it runs as a service account, and rights are needed on share and folder} other {}}.}}",
  "folder.space.title": "Free space for the backups",
  "folder.space.pass": "{freeBytes} free, about {neededBytes} for the full backup.",
  "folder.space.warn":
    "{freeBytes} free, about {neededBytes} for the full backup: little is left for the logs.",
  "folder.space.block":
    "{cause, select, not_approved {{sourceFolder} and {localFolder} are not approved, so nobody looked.} other {{freeBytes} free, about {neededBytes} needed for the full backup.}}",
  "folder.space.unknown": "Neither SQL Server nor this machine tells how much is free.",
  "folder.space.remedy":
    "{cause, select, not_approved {An administrator approves them under Settings, Folders, or by starting this migration.} other {Free space in {sourceFolder}, or choose a folder on a larger volume.}}",
  "backup.compression.title": "Backup compression",
  "backup.compression.pass": "{edition} compresses backups.",
  "backup.compression.warn":
    "{ability, select, none {{edition} does not compress backups} other {Whether {edition} compresses backups is not known: it is tried}}. Without compression they are three to five times as large and take that much longer to upload.",
  "backup.compression.block": "{edition} cannot compress backups.",
  "backup.compression.remedy":
    "Plan for the time and the space, or restore the database on a Standard or Enterprise Edition first.",
} as const;
