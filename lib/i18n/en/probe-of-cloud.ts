/** What is asked of OSS, RDS and RAM before anything is uploaded. */
export const probeOfCloud = {
  "bucket.reachable.title": "Bucket",
  "bucket.reachable.pass": "{bucket} answers.",
  "bucket.reachable.block": "{bucket} does not answer, or this account may not read it.",
  "bucket.reachable.remedy": "Check the name and the account’s rights on the bucket.",
  "bucket.region.title": "Region of the bucket",
  "bucket.region.pass": "Both lie in {region}.",
  "bucket.region.block":
    "{bucket} lies in {bucketRegion}, the instance in {region}: RDS cannot read across regions.",
  "bucket.region.remedy": "Choose a bucket in {region}.",
  "bucket.account.title": "Accounts of bucket and instance",
  "bucket.account.pass": "Both belong to the account {accountId}.",
  "bucket.account.block":
    "{bucket} belongs to the account {ownerId}, the AccessKey to {accountId}: RDS reads buckets of its own account only.",
  "bucket.account.unknown": "Whose bucket {bucket} is could not be told.",
  "bucket.account.remedy": "Choose a bucket of the account that the instance belongs to.",
  "bucket.storage_class.title": "Storage class",
  "bucket.storage_class.pass": "{storageClass}.",
  "bucket.storage_class.block":
    "{bucket} has the class {storageClass}: RDS reads objects of the class Standard only.",
  "bucket.storage_class.remedy": "Choose a bucket of the class Standard.",
  "bucket.encryption.title": "Server-side encryption",
  "bucket.encryption.pass": "Off.",
  "bucket.encryption.block":
    "{bucket} is encrypted with {encryption}: RDS cannot import from an encrypted bucket.",
  "bucket.encryption.remedy": "Turn server-side encryption off for this bucket, or choose another.",
  "bucket.lifecycle.title": "Lifecycle rules",
  "bucket.lifecycle.pass": "No lifecycle rule touches {place} within 30 days.",
  "bucket.lifecycle.warn":
    "A lifecycle rule {effect, select, moves {moves objects to another storage class} other {deletes objects}} in {place} after {days, plural, one {# day} other {# days}}. A file must stay until its import has ended.",
  "bucket.lifecycle.block": "A lifecycle rule deletes objects in {place} at once.",
  "bucket.lifecycle.unknown":
    "This account may not read the bucket’s lifecycle rules (oss:GetBucketLifecycle).",
  "bucket.lifecycle.remedy":
    "Switch the rule off for this prefix until the migration has ended, or choose another prefix.",
  "bucket.endpoint.title": "Way to the bucket",
  "bucket.endpoint.pass": "OSS takes data calls at the endpoint that is used.",
  "bucket.endpoint.block":
    "OSS refuses data calls of this account at the public endpoint (PublicEndpointForbidden). {way, select, internal {The internal endpoint {host} reads and writes from here.} domain {The custom domain {host} reads and writes from here.} accelerate {The acceleration endpoint {host} reads and writes from here.} other {No other way works from here: neither the internal endpoint, nor a custom domain of {bucket}, nor acceleration.}}",
  "bucket.endpoint.remedy":
    "{way, select, internal {Enter https://{host} as OSS endpoint of the cloud account.} domain {Enter https://{host} as custom domain of the cloud account.} accelerate {Enter https://{host} as OSS endpoint of the cloud account; acceleration is charged by the gigabyte.} other {Bind a custom domain to the bucket (OSS console, Domain Names) and enter it in the cloud account, or run Chainferry on Alibaba Cloud in the bucket’s region.}}",
  "bucket.write.title": "Writing, reading and deleting in the bucket",
  "bucket.write.pass": "A probe was written to {place}, read back and deleted.",
  "bucket.write.warn":
    "{cause, select, delete {The probe in {place} could not be deleted: cleaning up later will fail too.} other {This account may not write to {place}; others must put the files there.}}",
  "bucket.write.block":
    "{cause, select, get {What is written to {place} cannot be read back.} other {This account may not write to {place}.}}",
  "bucket.write.remedy": "Grant the RAM user oss:PutObject, oss:GetObject and oss:DeleteObject on {place}*.",
  "instance.running.title": "Instance state",
  "instance.running.pass": "{instanceId} is {status}.",
  "instance.running.block": "{instanceId} is {status}, lock: {lockMode}.",
  "instance.running.remedy": "Wait until its change has ended, or unlock it in the console.",
  "instance.version.title": "Instance version",
  "instance.version.pass": "{engineVersion} takes backups of {sourceVersion}.",
  "instance.version.block":
    "{engineVersion} is older than the source ({sourceVersion}): a backup cannot be restored on an older version.",
  "instance.version.unknown": "Source {sourceVersion} and instance {engineVersion} could not be compared.",
  "instance.version.remedy": "Choose an instance of the same or a newer version.",
  "instance.generation.title": "How the instance imports",
  "instance.generation.pass": "{engineVersion} takes files from the bucket, one after the other.",
  "instance.generation.warn":
    "SQL Server 2008 R2{disks, select, cloud { with cloud disks} other {, and RDS does not say what disks it has}}: Alibaba’s page on increments counts it in, but the API’s text says that such an instance opens the database after one full backup (IsOnlineDB must be True) and wants a signed address. Which of them holds shows when the first file is handed over; {method, select, immediate {Immediate Access fits both but for the address.} other {if it is refused with DatabaseMustOnline, only Immediate Access is left, and nothing can follow the full.}}",
  "instance.generation.block":
    "SQL Server 2008 R2 with local disks takes one full backup by a signed address into a database that exists, opens it at once and takes no increments. Chainferry does not import in that way.",
  "instance.generation.remedy":
    "Choose an instance of SQL Server 2012 or later: it restores backups of 2008 R2. Else import the full in the console (“Data Migration To Cloud”).",
  "instance.edition.title": "Instance edition",
  "instance.edition.pass": "{engineVersion} is Enterprise: it opens every database.",
  "instance.edition.block": "{engineVersion} lacks a feature that the database uses.",
  "instance.edition.unknown":
    "{engineVersion} is not Enterprise. Without the source server nobody here can tell whether the database uses a feature that it lacks; RDS would say so at the very last step.",
  "instance.edition.remedy":
    "Query sys.dm_db_persisted_sku_features in the database on the source server: no row means that it opens anywhere.",
  "instance.file_list.title": "Files of an import task",
  "instance.file_list.pass": "{engineVersion} lists the files of a task.",
  "instance.file_list.warn":
    "{engineVersion} does not list the files of a task: what became of a file is told by the task alone, and where an answer to an import is lost, a person has to look in the console.",
  "instance.file_list.block": "{engineVersion} does not list the files of a task.",
  "instance.file_list.remedy": "Nothing is to be done; be at hand while files are handed over.",
  "instance.space.title": "Free space on the instance",
  "instance.space.pass": "{freeBytes} free, {neededBytes} needed.",
  "instance.space.warn":
    "{freeBytes} free, {neededBytes} needed{beside, plural, =0 {: less than a fifth to spare.} one {, but # other migration on its way there still takes {besideBytes}: both do not fit.} other {, but # other migrations on their way there still take {besideBytes}: not all of them fit.}}",
  "instance.space.block":
    "{freeBytes} free, {neededBytes} needed{from, select, backup_size { at least} other {}}: files are restored at the size that they have at the source, however small the backup is.",
  "instance.space.unknown": "{freeBytes} free. How much the restore needs is not known yet.",
  "instance.space.remedy":
    "Enlarge the instance’s storage in the console, or shrink the files at the source.",
  "instance.database_count.title": "Databases on the instance",
  "instance.database_count.pass": "{used} of {limit} used.",
  "instance.database_count.block": "{used} of {limit} databases used: RDS takes no more.",
  "instance.database_count.unknown": "{used} used; RDS does not say how many there may be.",
  "instance.database_count.remedy": "Delete a database that is not needed, or choose a larger instance.",
  "instance.window.title": "Maintenance and backup of the instance",
  "instance.window.pass":
    "The next window ({time} UTC) begins in {minutes, plural, one {# minute} other {# minutes}}.",
  "instance.window.warn":
    "{what, select, backup {The instance backs itself up} other {RDS may work on the instance}} at {time} UTC, {minutes, plural, =0 {which is now} one {in # minute} other {in # minutes}}: imports may wait or be refused meanwhile.",
  "instance.window.block": "RDS works on the instance now.",
  "instance.window.unknown": "RDS did not say when it maintains or backs up the instance.",
  "instance.window.remedy": "Plan the cutover outside this time, or move the window in the console.",
  "instance.name_free.title": "Database name on the instance",
  "instance.name_free.pass": "{database} does not exist there.",
  "instance.name_free.warn":
    "{cause, select, digit {{database} begins with a digit. Which names an import takes is not documented: RDS’s own check lets this one pass.} letters {{database} has letters other than English ones. Which names an import takes is not documented: RDS’s own check lets this one pass.} signs {{database} has a space, a dot or another sign. Which names an import takes is not documented: RDS’s own check lets this one pass.} other {RDS would not create a database of the name {database} itself. An import usually takes it, but accounts and later calls may not.}}",
  "instance.name_free.block":
    "{cause, select, reserved {{database} is a name that SQL Server or RDS keeps for itself.} other {{database} exists there already: RDS would refuse the import.}}",
  "instance.name_free.remedy":
    "Choose another name, or delete that database in the console if it is not needed.",
  "instance.leftover_files.title": "Leftover files of this name",
  "instance.leftover_files.pass": "None.",
  "instance.leftover_files.warn":
    "An import into {database} failed on {at}: its files may still lie on the instance, and a restore over them fails.",
  "instance.leftover_files.block": "Files of {database} lie on the instance.",
  "instance.leftover_files.unknown":
    "RDS does not tell whether files of a dropped {database} still lie on the instance. If they do, the restore fails and nothing is lost.",
  "instance.leftover_files.remedy":
    "If the restore fails for this reason, import under another name or ask Alibaba Cloud to remove the files.",
  "import.file_size.title": "Size of the backup file",
  "import.file_size.pass": "{fileBytes}, up to {limitBytes} can be imported.",
  "import.file_size.block": "{fileBytes}: RDS imports files of up to {limitBytes} here.",
  "import.file_size.unknown": "The chosen file is not there any more.",
  "import.file_size.remedy": "Take the backup with compression, or move old data out of the database first.",
  "budget.imports.title": "Imports today",
  "budget.imports.pass":
    "{used} of {limit} used for {database}, at least {instanceUsed} of {instanceLimit} on the instance.",
  "budget.imports.warn":
    "{used} of {limit} used for {database}, at least {instanceUsed} of {instanceLimit} on the instance{kept, plural, =0 {} other {, and # more are kept for other migrations on their way there}}: few are left for today.",
  "budget.imports.block":
    "{used} of {limit} used for {database}, at least {instanceUsed} of {instanceLimit} on the instance: RDS takes no more today.",
  "budget.imports.remedy": "Start tomorrow, or use differentials: one replaces many logs.",
  "role.import.title": "RDS’s access to OSS",
  "role.import.pass": "You have authorized RDS official service account to access your OSS.",
  "role.import.warn":
    "AliyunRDSImportRole is there with its policy, but trusts another service than rds.aliyuncs.com. Imports may be refused.",
  "role.import.block": "The role AliyunRDSImportRole or its policy is missing.",
  "role.import.unknown": "This RAM user may not look at the role (ram:GetRole, ram:ListPoliciesForRole).",
  "role.import.remedy": "Open the authorization page of the RDS console with the main account and confirm.",
  "role.rights.title": "Rights of the RAM user",
  "role.rights.pass":
    "{allowed, plural, one {# call} other {# calls}} tried, all allowed. Not tried, because trying would be doing it: {untold}.",
  "role.rights.block": "Not allowed: {denied}.",
  "role.rights.unknown":
    "{allowed, plural, one {# call} other {# calls}} allowed. Could not be told: {untold}.",
  "role.rights.remedy": "Attach a policy with these actions to the RAM user; Connections has one to copy.",
} as const;
