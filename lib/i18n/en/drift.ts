/** What somebody else did to source or target while a migration runs: title, what it means, what to do. */
export const drift = {
  "foreign_log.title": "Somebody else took a log backup",
  "foreign_log.what":
    "{count, plural, one {A log backup} other {# log backups}} by {userName}{finishedAtLocal, select, none {} other { at {finishedAtLocal}}} took LSN {fromLsn} to {toLsn} out of our files. The next log backup of ours will not fit the target.",
  "foreign_log.do":
    "Fetch that file and let it be imported, or take a differential backup now: it bridges the range. Then stop the other job until the cutover.",
  "base_reset.title": "Somebody else took a full backup",
  "base_reset.what":
    "A full backup by {userName}{finishedAtLocal, select, none {} other { at {finishedAtLocal}}} is the base of the next differential now: differentials taken from here on do not fit the target. Log backups still do.",
  "base_reset.do":
    "Go on with log backups only, and have other full backups taken with COPY_ONLY. If you need a differential, begin again with that full.",
  "recovery_model_changed.title": "The recovery model was changed to {now}",
  "recovery_model_changed.what":
    "It was {before}. In SIMPLE the log chain is broken and no log backup can be taken; in BULK_LOGGED the last log may hold changes that a tail backup can't.",
  "recovery_model_changed.do":
    "Set it back to FULL, then take a differential backup: it carries the target over the break.",
  "log_chain_restarted.title": "The log chain began anew",
  "log_chain_restarted.what":
    "Between LSN {fromLsn} and {toLsn} there is no log backup: the recovery model was switched, or the log was cut.",
  "log_chain_restarted.do": "Take a differential backup: it carries the target over the break.",
  "restored.title": "The source database was restored",
  "restored.what":
    "It runs on another recovery fork than the one this migration stands on: backups taken from now on do not fit the target.",
  "restored.do": "Cancel this migration and begin a new one with a full backup.",
  "target_opened.title": "The target database was opened",
  "target_opened.what":
    "RDS says {databaseStatus} of {database}: somebody opened it, and an opened database takes no more backup files. Nothing more is handed to it, and writes to the source go on.",
  "target_opened.do":
    "An opened database can't be made to wait again. When nobody needs what was written there, rename or delete {database} in the RDS console; then begin a new chain, with a new full backup in this record, or cancel. Tell whoever opened it that the cutover is done from here.",
  "target_deleted.title": "The target database is gone",
  "target_deleted.what":
    "The instance lists no database {database} any more, and its task {taskId} says {task}. Nothing more is handed to it, and writes to the source go on.",
  "target_deleted.do":
    "Look in the RDS console whether somebody deleted it. Cancel this migration and begin a new one with a full backup: the files that were imported are in the bucket still.",
  "target_task_ended.title": "The task at RDS no longer waits for files",
  "target_task_ended.what":
    "RDS says {task} of task {taskId}, and {databaseStatus} of {database}. The cutover is not begun while it says so, and writes to the source go on.",
  "target_task_ended.do":
    "Read in the RDS console what the task says. If it waits again, the alarm goes away by itself; if it has ended, cancel this migration, delete {database} and begin a new one with a full backup, or open a ticket with the task's id.",
  new_chain: "Begin a new chain…",
  "new_chain.title": "Begin a new chain for {database}?",
  "new_chain.text": "A new full backup is taken, uploaded and restored, on a new task; this record goes on.",
  "new_chain.lost":
    "For nothing: {files, plural, one {# file} other {# files}}, {size}. They stay in the bucket, and are left out.",
  "new_chain.took": "The full backup took {duration} from its first byte to its restore.",
  "new_chain.imports": "{used} of {limit} imports of today are used.",
  "new_chain.name":
    "RDS takes no full backup under a name that is there: rename or delete {database} in the console before.",
  "new_chain.confirm": "Begin a new chain",
  somebody: "somebody",
  file: "The file that is needed:",
  unseen: "msdb does not tell where it lies: ask whoever runs backups on this server.",
  seen: "Seen {time}",
  take_differential: "Take a differential now",
  dismiss: "Go on anyway…",
  "dismiss.title": "Go on anyway?",
  "dismiss.text":
    "The alarm goes away and this event is not raised again; the record keeps who decided. An import that was held goes on.",
  "dismiss.confirm": "Go on",
  held: "The full backup is not handed to RDS until this is decided. A differential can be taken once it is there.",
} as const;
