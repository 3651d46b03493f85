/** What a running migration can meet: rules of our own, and what RDS says of its work. */
export const errorOfRun = {
  action_not_allowed: "This cannot be done at this moment.",
  "action_not_allowed.do": "The page shows what may be done now.",
  backup_file_not_visible: "SQL Server wrote {source}, but Chainferry does not see it at {path}.",
  "backup_file_not_visible.do":
    "Check that both names mean the same folder and that this process may read it; then retry.",
  backup_not_in_msdb: "msdb has no backup named {name}.",
  "backup_not_in_msdb.do": "The backup did not end. Retry takes a new one.",
  cutover_needs_operator:
    "Backups of this migration are taken by others, so Chainferry cannot take the final log itself.",
  "cutover_needs_operator.do": "Stop writes yourself and say so in the dialog.",
  cutover_deadline_too_short:
    "The cutover is likely to take {seconds} s, longer than the {minutes} min that it may.",
  "cutover_deadline_too_short.do":
    "Allow more minutes, or take a log backup first so that the last one is smaller.",
  hold_time_passed: "Its time has passed by more than 15 minutes, and it had not begun.",
  "hold_time_passed.do": "Begin now, or disarm it and name another time.",
  cutover_frozen: "“{name}” lasts until {until}: no cutover begins before that.",
  "cutover_frozen.do": "Wait until it is over, or have an administrator change it in the cutover’s dialog.",
  cutover_needs_approval: "A second person approves it before it begins.",
  "cutover_needs_approval.do": "Arm the cutover; then somebody else approves it on this page.",
  approval_by_same_person: "Who armed the cutover cannot approve it.",
  "approval_by_same_person.do": "Ask somebody else.",
  checklist_line_gone: "This line is not on the checklist any more.",
  "checklist_line_gone.do": "Look at the list as it is now.",
  hook_waits: "{host} does not let it go on yet (answer: {status}). It is asked again.",
  "hook_waits.do":
    "Settle it there, or set no call in the cutover’s dialog. When its minutes are over the cutover is taken back.",
  hook_refused: "{host} did not let it go on (answer: {status}): the cutover is taken back.",
  "hook_refused.do": "Settle it there, then cut over again.",
  hold_step_stopped: "A step has failed or its outcome is unknown.",
  "hold_step_stopped.do": "Settle that first; the armed cutover begins then.",
  cutover_not_ready: "A condition of the cutover is not met.",
  "cutover_not_ready.do": "See the conditions beside the button.",
  file_not_found: "This file does not belong to the migration.",
  "file_not_found.do": "Open the migration’s Files and choose it there.",
  file_not_skippable: "{file} can no longer be skipped.",
  "file_not_skippable.do": "Only a refused file that was not handed to RDS can be skipped.",
  file_refused: "{file} does not continue the chain. It was not handed to RDS; no import was spent.",
  "file_refused.do": "See under Files which backup is needed and why.",
  file_refused_often: "{file} was taken up and refused {times} times. It rests before it is tried again.",
  "file_refused_often.do":
    "Look under Files why it was refused. Leave it out, take a differential that makes it superfluous, or put another backup in its place.",
  import_ambiguous: "Several RDS tasks could be this import: {candidates}.",
  "import_ambiguous.do": "Look in the RDS console which one has this file, then say so here.",
  import_looking: "The answer to the import never arrived. Chainferry looks whether RDS accepted it.",
  "import_looking.do": "Nothing to do: the import is repeated only when RDS does not have it.",
  import_absent: "RDS does not have this import, so it is sent again.",
  by_person: "Asked for by a person.",
  rds_task_status_unclear:
    "RDS gives task {taskId} the state {status}, which does not say whether the call arrived.",
  "rds_task_status_unclear.do": "Look at the task in the RDS console, then say here what happened.",
  rds_files_not_listed:
    "RDS does not list the files of task {taskId} on this edition, so whether it has the file can’t be looked up.",
  "rds_files_not_listed.do": "Look in the RDS console whether the task has this file, then say so here.",
  import_target_appeared: "No RDS task is known to be this import, but database {database} is there.",
  "import_target_appeared.do":
    "Look in the RDS console which task made the database, then say here whether it was this import.",
  instance_imports_exhausted: "Today’s imports of this instance are used up: {used} of {limit}.",
  "instance_imports_exhausted.do": "Goes on by itself tomorrow.",
  instance_imports_promised:
    "The last imports of this instance today ({left}) are kept for databases that are being cut over.",
  "instance_imports_promised.do": "Goes on by itself once they are online, or tomorrow.",
  open_looking: "The answer to opening the database never arrived. Chainferry looks whether RDS accepted it.",
  "open_looking.do": "Nothing to do: opening is repeated only when RDS is not doing it.",
  backup_looking: "The connection was lost during the backup. Chainferry looks in msdb whether it was taken.",
  "backup_looking.do": "Nothing to do: the backup is repeated only when SQL Server does not have it.",
  step_lost_workers: "{times} workers in a row were lost while they were at this step.",
  "step_lost_workers.do":
    "Look in the log for what ended them (memory, disk, restarts), then try the step again: it goes on where it stood.",
  other_call_open:
    "Another call for {database} has no answer yet. Chainferry looks first whether it arrived.",
  "other_call_open.do": "Nothing to do: this step goes on as soon as that is known.",
  imports_exhausted: "Today’s imports of this database are used up: {used} of {limit}.",
  "imports_exhausted.do": "Goes on by itself tomorrow. One differential replaces many log backups.",
  object_missing: "{key} is not in the bucket any more.",
  "object_missing.do": "Put the file back, then retry.",
  object_replaced:
    "{key} is not the file any more whose header was read: ETag {was}, {wasBytes} bytes then; {is}, {isBytes} bytes now. It was not handed to RDS.",
  "object_replaced.do": "Put the first file back and retry, or leave this file out under Files.",
  object_replaced_in_restore:
    "{key} was overwritten while RDS was at it: ETag {was}, {wasBytes} bytes when its header was read; {is}, {isBytes} bytes now. Nobody can tell which of the two was restored.",
  "object_replaced_in_restore.do":
    "If it was overwritten only after the restore, put the first file back and retry: it is compared again, and not handed over twice. Else cancel this migration and begin a new one with a full backup.",
  object_several_sets:
    "{key} holds {sets, plural, one {# backup set} other {# backup sets}}; RDS restores files with one.",
  "object_several_sets.do":
    "Take a differential into a file of its own (WITH INIT); it bridges logs, which cannot be backed up a second time.",
  preflight_blocked: "{count, plural, one {# check stops} other {# checks stop}} this migration.",
  "preflight_blocked.do": "Mend what the check names, then retry.",
  rds_import_failed: "RDS could not import {file}.",
  "rds_import_failed.do":
    "The reason in RDS’s words is below. Mend it, then retry: that spends one more import.",
  rds_open_failed: "RDS could not open the database.",
  "rds_open_failed.do": "The reason in RDS’s words is below.",
  rds_task_id_needed: "The ID of the RDS task is needed.",
  "rds_task_id_needed.do": "Copy it from the task’s row in the RDS console.",
  rds_task_missing: "RDS no longer lists task {taskId}.",
  "rds_task_missing.do": "Look in the RDS console whether the database exists and in which state.",
  rds_restore_unclear:
    "RDS says {task} of the task and {file} of the file, and {database} of the database: whether the file is restored can’t be told from that.",
  "rds_restore_unclear.do":
    "It is asked again all the while. Look at the task in the RDS console, or ask Alibaba Cloud; if it stays so, cancel and start another migration with a new full backup.",
  rds_task_forgotten: "RDS knows task {taskId} no more. State of the database: {database}.",
  "rds_task_forgotten.do":
    "Nothing more can be put into this task. Cancel this migration and start another one with a new full backup; a half-restored database of that name on RDS goes first.",
  rds_opening_unclear:
    "RDS was asked to open the database and says {task} of the task, {database} of the database.",
  "rds_opening_unclear.do":
    "It is asked again all the while. Look in the RDS console whether the database is online, or ask Alibaba Cloud.",
  rds_check_unclear: "RDS said something else than a verdict of DBCC CHECKDB: {words}",
  "rds_check_unclear.do": "The database is online. Run DBCC CHECKDB yourself if the verdict does not come.",
  rds_check_hidden: "The instance has no privileged account, so RDS shows no verdict of DBCC CHECKDB.",
  "rds_check_hidden.do":
    "The database is online. Create a privileged account (Aftercare, Accounts, or in the RDS console): RDS shows the verdict then, and it is read here.",
  dbcc_errors: "DBCC CHECKDB found errors in the database on RDS.",
  "dbcc_errors.do":
    "Restore a backup that is sound, or repair: DBCC CHECKDB WITH REPAIR_ALLOW_DATA_LOSS may lose data. Chainferry runs neither.",
  source_database_not_found: "The source database does not exist, or no longer.",
  "source_database_not_found.do": "Check its name on the source server.",
  step_not_failed: "This step has not failed, so it is not repeated.",
  "step_not_failed.do": "Look at the step as it stands now.",
  step_not_found: "This step does not belong to the migration.",
  "step_not_found.do": "Open the migration’s timeline and choose the step there.",
  step_not_unknown: "The outcome of this step is known by now.",
  "step_not_unknown.do": "Look at the step as it stands now.",
  source_not_online: "The source database {database} is {state}, so writes to it cannot be stopped.",
  "source_not_online.do": "Look at the database on the source server; bring it ONLINE, then retry.",
  source_backup_running: "A backup of {database} is being written on the source at this moment.",
  "source_backup_running.do": "Nothing: once it has ended, the source is given back.",
  source_restoring_by_others:
    "The source database {database} is RESTORING, and this migration has not made it so.",
  "source_restoring_by_others.do":
    "Somebody restores something there. Once the database is ONLINE, it is opened to its users again.",
  source_still_closed: "The server says that {database} is {state}, {access}.",
  "source_still_closed.do":
    "It is asked again by itself. To be quicker, run the statements shown on the page.",
  upload_not_taken: "This migration takes no files from a browser now.",
  "upload_not_taken.do": "Open the migration: it shows where files are expected, or that it is over.",
  upload_not_found: "There is no such upload in this migration.",
  "upload_not_found.do": "Reload the page and choose the file again.",
  upload_is_over: "This upload was completed or cancelled before.",
  "upload_is_over.do": "Reload the page and choose the file again if it is still needed.",
  upload_part_unknown: "The file has no part {number}.",
  "upload_part_unknown.do": "Reload the page and choose the file again.",
  upload_part_length: "Part {number} has {sizeBytes} bytes where {expected} belong.",
  "upload_part_length.do": "Reload the page and choose the file again; its parts are kept.",
  upload_differs: "The object {key} is not equal to the file: its CRC-64 differs. It was deleted.",
  "upload_differs.do": "Send the file again.",
  bucket_rules_full: "The bucket has {limit} cross-origin rules, as many as OSS takes.",
  "bucket_rules_full.do":
    "Remove one in the OSS console, or go on without: files then go through this server.",
  body_length_expected: "The part came without its length.",
  "body_length_expected.do":
    "A proxy in between may have changed the request. Let it pass PUT bodies unchanged.",
  upload_file_missing: "The file to upload is not there: {path}.",
  "upload_file_missing.do":
    "Check that the folder is mounted and that nobody moved the file, put it back, then retry.",
  upload_file_empty: "The file to upload is empty: {path}.",
  "upload_file_empty.do": "The backup did not reach the disk. Check free space and take it again.",
  upload_file_unreadable: "The file to upload cannot be read at the moment ({code}): {path}.",
  "upload_file_unreadable.do":
    "Chainferry tries again by itself. Check that the disk or the share answers and that this process may read the file.",
  upload_file_changed: "The file changed while it was being uploaded.",
  "upload_file_changed.do":
    "Wait until whoever writes it has ended, then retry: the upload begins anew. Let each backup have a file of its own.",
  upload_file_link: "What lies there is a link, a pipe or a device, not a file: {path}.",
  "upload_file_link.do":
    "Nothing of it was sent. Put the backup file itself into the folder; if nobody made the link, find out who may write there.",
  upload_file_outside: "The file {path} really lies outside of the folder {folder}.",
  "upload_file_outside.do":
    "Nothing of it was sent. A folder on the way is a link: put the backup into the migration's folder itself, then retry.",
  upload_file_swapped: "Another file lies there than the one that was checked: {path}.",
  "upload_file_swapped.do":
    "It does not go on to RDS. Put the backup that was checked back and retry; if nobody replaced it knowingly, find out who may write there.",
  archive_damaged: "The archive {file} is damaged or was not copied whole.",
  "archive_damaged.do": "Download it again from the console, compare its size, and put it in the same place.",
  archive_encrypted: "The archive {file} is protected with a password.",
  "archive_encrypted.do": "Unpack it yourself and put the backup file in its place.",
  archive_unsupported: "The archive {file} is packed in a way that can't be unpacked here.",
  "archive_unsupported.do": "Unpack it yourself and put the backup file in its place.",
  archive_sizes_false: "The archive {file} claims files larger than anything packed into it can be.",
  "archive_sizes_false.do":
    "Nothing of it was unpacked. Download it again from the console; if it says the same, ask whoever made it, and do not unpack it.",
  archive_overlapping: "In the archive {file} several files claim the same bytes.",
  "archive_overlapping.do":
    "Nothing of it was unpacked: no honest tool writes this. Download it again from the console, or ask whoever made it.",
  archive_too_large: "The archive {file} would unpack to far more than a backup of its size holds.",
  "archive_too_large.do":
    "Nothing of it was unpacked. If it is what you expect, unpack it yourself where there is room and put the backup file in its place.",
  archive_without_backup: "There is no SQL Server backup in the archive {file}.",
  "archive_without_backup.do":
    "If a backup was expected in it, look whether the right file was downloaded. Otherwise nothing is to be done.",
  upload_stream_ended: "The bytes for {key} ended at another length than was announced.",
  "upload_stream_ended.do":
    "Nothing of it stays in the bucket. Retry; if it happens again, look at the archive.",
  file_unread:
    "{file}{count, plural, one {} other { and # files in all}} cannot be read here: nobody but a person can say what it is, or whether it may go on.",
  "file_unread.do":
    "Say on the migration's page what it is (RESTORE HEADERONLY on a SQL Server tells), or leave it out. Other files are looked for meanwhile.",
  file_not_unread: "Nobody is asked about {file}.",
  "file_not_unread.do": "Reload the page: it was answered meanwhile, or its file has changed.",
  timeline_unclear:
    "The backups are of {count, plural, one {# timeline} other {# timelines}} of the database, and nobody has said which is meant.",
  "timeline_unclear.do":
    "Choose on the migration's page: the source was restored in between, or another database had its name. Nothing is touched before.",
  timeline_unknown: "This timeline is not one of those that were found.",
  "timeline_unknown.do": "Reload the page and choose again.",
  target_lost: "The target was opened or deleted: nothing more is handed to it.",
  "target_lost.do":
    "Read the alarm on the migration's page. This file was not handed to RDS, and writes to the source go on.",
  target_busy:
    "RDS is at something else with {database}: this file is handed over as soon as it waits again.",
  "target_busy.do":
    "Nothing, as a rule. If it lasts, look in the RDS console who imports into the database or opens it.",
  source_not_stuck: "The source is not stuck: Chainferry can still give it back.",
  "source_not_stuck.do": "Go back or cancel first. Only when the server does not answer can it be given up.",
  alarm_of_target: "A target that takes no files can't be gone past.",
  "alarm_of_target.do":
    "Read the alarm. It goes away by itself when the target waits for files again; if it doesn't, cancel this migration and begin a new one.",
  chain_broken_by_others: "Somebody else broke the backup chain that is to follow this full backup.",
  "chain_broken_by_others.do":
    "Read the alarm on the migration's page and decide: nothing was handed to RDS yet.",
  alarm_not_found: "This alarm is not there any more.",
  "alarm_not_found.do": "Nothing is to be done: reload the page.",
  bucket_name_invalid: "{name} can't be the name of a bucket.",
  "bucket_name_invalid.do":
    "Take 3 to 63 lower-case letters, digits and hyphens, a letter or a digit at both ends.",
  no_bucket: "This migration has no bucket.",
  "no_bucket.do": "Nothing is to be cleaned up.",
  cleanup_too_early: "RDS may still need these files.",
  "cleanup_too_early.do": "Wait until the migration is over and no import runs.",
  cleanup_not_ours: "{key} is not a file of this migration.",
  "cleanup_not_ours.do": "Nothing was deleted. Open the list again; delete other objects in the OSS console.",
  bucket_not_empty: "The bucket holds {count, plural, one {# more object} other {# more objects}}.",
  "bucket_not_empty.do": "Nothing was deleted. Keep the bucket, or empty it first.",
  backup_file_differs: "The file {file} is not the backup that SQL Server has just written.",
  "backup_file_differs.do":
    "Look whether the two folders are the same and whether something else writes there, then retry: the backup is looked for before another is taken.",
  tail_backup_unclear: "Whether the final log backup of {database} was taken is not clear.",
  "tail_backup_unclear.do": "Look at the state of the database on the source: RESTORING means it was taken.",
} as const;
