import type { CLOUD_MESSAGES, FAILURE_MESSAGES } from "@/lib/diagnosis/cloud-messages";
import type { MessageTexts } from "@/lib/diagnosis/messages/message";

type FailureKey = (typeof FAILURE_MESSAGES)[number]["key"];

/** What RDS, RAM, STS and OSS say. Of codes that a failed call carries, title and remedy stand in `error`. */
export const explanationOfCloud = {
  "ram_call_forbidden.title": "The RAM user may not call {call}",
  "ram_call_forbidden.cause": "No policy of the RAM user (or role) allows {actions} on this resource.",
  "ram_call_forbidden.check":
    "Look at the policies of that user in the RAM console. The request’s AccessDeniedDetail names the action and the policy type.",
  "ram_call_forbidden.remedy":
    "Add {actions} to a custom policy and attach it to the user: the policy to copy stands under Connections.",
  "cloud_access_key_unknown.title": "Alibaba Cloud does not know this AccessKey ID",
  "cloud_access_key_unknown.cause":
    "The AccessKey ID is mistyped, disabled or deleted, or belongs to another site (China, international).",
  "cloud_access_key_unknown.check": "Look for the AccessKey and its state in the RAM console.",
  "cloud_access_key_unknown.remedy": "Enable it, or create another one and save it under Connections.",
  "cloud_signature.title": "Alibaba Cloud refused the signature: the AccessKey secret is wrong",
  "cloud_signature.cause":
    "The AccessKey secret does not belong to this AccessKey ID, or the request was changed on its way.",
  "cloud_signature.check":
    "Test the connection under Connections with the secret typed anew, without spaces around it.",
  "cloud_signature.remedy":
    "Type the secret again under Connections. A proxy in between has to pass requests unchanged.",
  "cloud_token_expired.title": "The STS token has expired or does not belong here",
  "cloud_token_expired.cause":
    "Temporary credentials are only valid for a while, and only all three parts together.",
  "cloud_token_expired.check": "Compare the time that the token was issued for with the present one.",
  "cloud_token_expired.remedy":
    "Get a new one and save it under Connections: running work goes on with it at once.",
  "cloud_clock_skew.title": "The clock of the machine that asked is off",
  "cloud_clock_skew.cause": "Requests are only valid for 15 minutes around their time.",
  "cloud_clock_skew.check": "Compare the machine’s UTC time with a time server’s.",
  "cloud_clock_skew.remedy": "Set the clock (NTP), then try again.",
  "cloud_proxy.title": "The proxy could not be used",
  "cloud_proxy.cause": "It cannot be reached, refuses the way to this service, or asks for a login.",
  "cloud_proxy.check": "chainferry config shows HTTPS_PROXY, HTTP_PROXY and NO_PROXY as they count.",
  "cloud_proxy.remedy":
    "Correct address and login (http://user:password@host:port), or name the service in NO_PROXY where it is reached without.",
  "cloud_not_reached.title": "The service’s address is not known, or nothing answers there",
  "cloud_not_reached.cause":
    "A name server that does not know it, a firewall, a wrong endpoint, or a network that lets requests out by a proxy only.",
  "cloud_not_reached.check":
    "Try nslookup and a connection to port 443 from the machine that runs Chainferry.",
  "cloud_not_reached.remedy": "Open the way, correct the endpoint, or set HTTPS_PROXY.",
  "cloud_untrusted.title": "The service’s certificate is not trusted",
  "cloud_untrusted.cause":
    "A proxy of the company opens TLS with a certificate of its own, or this machine’s clock is off.",
  "cloud_untrusted.check": "Look who issued the certificate: openssl s_client -connect HOST:443.",
  "cloud_untrusted.remedy":
    "Add the authority (PEM) to the cloud account, or name its file in NODE_EXTRA_CA_CERTS before the start.",
  "cloud_throttled.title": "Too many requests: the service asks to slow down",
  "cloud_throttled.cause":
    "Limits count per API, region and main account: other programs with the same account count, too.",
  "cloud_throttled.check": "Quota Center shows the limits. CreateMigrateTask takes 180 calls a minute.",
  "cloud_throttled.remedy": "Wait a little, then repeat. Chainferry does so by itself.",
  "cloud_timeout.title": "The service did not answer in time",
  "cloud_timeout.cause":
    "The network or the service was too slow. Whether the call had its effect is not known.",
  "cloud_timeout.check": "Look first whether the call had its effect: list the tasks, or the objects.",
  "cloud_timeout.remedy":
    "Repeat only what did not happen. Check the network to the endpoint if it happens often.",
  "cloud_unavailable.title": "The service is not available at the moment",
  "cloud_unavailable.cause": "The service failed inside, not because of the request.",
  "cloud_unavailable.check":
    "Look whether the call had its effect; the request id tells Alibaba’s support which call it was.",
  "cloud_unavailable.remedy": "Repeat after a while where that is safe. Chainferry does so by itself.",
  "bucket_of_another_account.title": "The bucket belongs to another account",
  "bucket_of_another_account.cause":
    "RDS imports from buckets of the instance’s own Alibaba Cloud account only.",
  "bucket_of_another_account.check": "Compare the bucket’s owner with the account of the instance.",
  "bucket_of_another_account.remedy":
    "Copy the files into a bucket of the instance’s account, in its region.",
  "oss_endpoint_unreachable.title": "The OSS endpoint cannot be reached",
  "oss_endpoint_unreachable.cause":
    "No connection came about: the endpoint is mistyped, internal from outside, or blocked.",
  "oss_endpoint_unreachable.check": "Open the endpoint from that machine: nslookup, then curl.",
  "oss_endpoint_unreachable.remedy":
    "Use the region’s public endpoint outside of Alibaba Cloud, and let a firewall pass it.",
  "no_backup_in_folder.title": "There is no backup file in this folder of the bucket",
  "no_backup_in_folder.cause": "Bucket {bucket} has no file with a backup’s suffix under {folder}.",
  "no_backup_in_folder.check": "List that folder in the OSS console; capitals count.",
  "no_backup_in_folder.remedy": "Give the right folder, or upload the files: .bak, .diff, .trn or .log.",
  "not_a_backup_suffix.title": "A file was left out for its suffix",
  "not_a_backup_suffix.cause": "{file} does not end as backup files do.",
  "not_a_backup_suffix.check": "Look whether it is a backup: read its header.",
  "not_a_backup_suffix.remedy": "If it is one, rename it to end in .bak; otherwise nothing is to be done.",
  "openapi_error.title": "A call of the import script failed",
  "openapi_error.cause": "The code behind this line says why.",
  "openapi_error.check": "Read the code and the request id that follow.",
  "openapi_error.remedy": "Explain the line with the code.",
  "ok_button_dimmed.title": "The OK button stays dimmed for a RAM user",
  "ok_button_dimmed.cause": "The RAM user lacks rights that the Import Guide needs.",
  "ok_button_dimmed.check":
    "Look whether the user has AliyunOSSFullAccess, AliyunRDSFullAccess and a policy that allows ram:GetRole on role/AliyunRDSImportRole.",
  "ok_button_dimmed.remedy": "Attach what is missing in the RAM console, then open the Import Guide again.",
  "role_grant_no_permission.title": "The RAM user may not authorize the import role",
  "role_grant_no_permission.cause":
    "Creating AliyunRDSImportRole needs rights in RAM, which only the main account or an administrator has.",
  "role_grant_no_permission.check": "Look whether the user has AliyunRAMFullAccess.",
  "role_grant_no_permission.remedy":
    "Let the main account authorize once, or attach AliyunRAMFullAccess for as long as that takes.",
  "bucket_list_empty.title": "The Import Guide lists no bucket",
  "bucket_list_empty.cause": "RDS has not been authorized to read OSS yet.",
  "bucket_list_empty.check": "Look in RAM whether the role AliyunRDSImportRole exists.",
  "bucket_list_empty.remedy": "Open the Authorization URL in step 3 of the Import Guide once and confirm.",

  "rds_no_credentials.cause": "The machine was told to use its own credentials and has none.",
  "rds_no_credentials.check":
    "Look at the environment, ~/.alibabacloud/credentials and the RAM role of the ECS instance.",
  "rds_forbidden.cause":
    "No policy of the RAM user (or role) allows this call. The message does not say which call it was.",
  "rds_forbidden.check":
    "Compare the user’s policies with the one under Connections; the request’s AccessDeniedDetail names the action.",
  "rds_payment.cause":
    "It is about the account’s orders, prices, balance or risk control, not about rights: {code}.",
  "rds_payment.check": "Look for unpaid orders, overdue bills and the balance in the Billing console.",
  "rds_instance_not_found.cause":
    "The ID is mistyped, the instance was released, or it lies in another region or account.",
  "rds_instance_not_found.check": "Look for it in the list of instances of that region.",
  "rds_instance_not_running.cause":
    "The instance is being changed, restarted or restored: only in the state Running it takes this call.",
  "rds_instance_not_running.check": "Look at the instance’s state in the console.",
  "rds_instance_type.cause": "Class, edition or series of the instance do not take this call.",
  "rds_instance_type.check": "Look at the instance’s series and version in the console.",
  "rds_instance_locked.cause": "RDS locks instances whose disk is full or whose bill is overdue.",
  "rds_instance_locked.check": "LockMode in the instance’s details says why.",
  "rds_engine.cause": "Imports of backup files are for SQL Server only, and some of its versions.",
  "rds_engine.check": "Look at engine and version of the instance.",
  "rds_import_role_missing.cause": "The role was never created, or was deleted or changed since.",
  "rds_import_role_missing.check":
    "Look in RAM for the role AliyunRDSImportRole and its policy AliyunRDSImportRolePolicy.",
  "rds_daily_limit.cause":
    "The imports of the day are used up, those that failed and those from the console included.",
  "rds_daily_limit.check": "Count today’s tasks and files in the records.",
  "rds_file_not_accepted.cause": "The kind, suffix or name of the file is none that RDS takes.",
  "rds_file_not_accepted.check": "Look at the name, and read the file’s header.",
  "rds_file_too_large.cause": "One backup file may have 3 TB at most.",
  "rds_file_too_large.check": "Look at the object’s size.",
  "rds_object_missing.cause": "No file was named in the request, or there is none of that name.",
  "rds_object_missing.check": "Look for the object in the bucket: folders and capitals count.",
  "rds_object_position.cause": "The address has to be endpoint:bucket:key, without a slash before the key.",
  "rds_object_position.check": "Compare endpoint, bucket and key with the object’s details in OSS.",
  "rds_storage_class.cause": "The object or its bucket is of the class Infrequent Access, Archive or colder.",
  "rds_storage_class.check": "Look at the storage class in the object’s details.",
  "rds_disk_too_small.cause": "The backup file alone is larger than the instance’s disk.",
  "rds_disk_too_small.check": "Compare the object’s size with the instance’s storage.",
  "rds_database_name.cause":
    "RDS judged the name: {code}. Format and Forbid are rules for names, Duplicate means that it is taken.",
  "rds_database_name.check":
    "Compare it with the databases of the instance. SQL Server 2008 R2 with local disks wants the database to exist, later versions want it not to.",
  "rds_database_state.cause": "The database is being created, migrated, restored or deleted.",
  "rds_database_state.check": "Look at the database’s status in the console.",
  "rds_database_missing.cause": "The name is mistyped, or the database was deleted.",
  "rds_database_missing.check": "Look at the instance’s list of databases.",
  "rds_database_restoring.cause": "Rights can only be granted in a database that is open.",
  "rds_database_restoring.check": "Look whether its migration task still waits for files.",
  "rds_must_be_online.cause":
    "BackupMode and IsOnlineDB contradict each other: FULL goes with True, UPDF with False.",
  "rds_must_be_online.check": "Look at both parameters of the request.",
  "rds_task_state.cause": "The task that this belongs to has ended, or is busy with a file.",
  "rds_task_state.check": "Look at the task’s status and at its files.",
  "rds_task_not_stoppable.cause":
    "TerminateMigrateTask is for tasks of a full backup; this one is incremental.",
  "rds_task_not_stoppable.check":
    "Look at the task’s method in the records: Access Pending (Incremental Backup).",
  "rds_task_not_stopped.cause": "RDS was asked to stop the task and did not succeed.",
  "rds_task_not_stopped.check": "Look at the task’s status: it may have ended meanwhile.",
  "rds_task_not_found.cause": "The ID is of another instance, or the task is older than RDS’s list.",
  "rds_task_not_found.check": "Look for it in Chainferry’s own records, which stay.",
  "rds_backup_running.cause": "An instance takes one backup at a time, automatic ones included.",
  "rds_backup_running.check": "Look at the instance’s backup tasks.",
  "rds_backup_limit.cause": "An instance takes 20 backups a day.",
  "rds_backup_limit.check": "Count the backups of today in the console.",
  "rds_backup_method.cause": "The instance’s size or series does not allow this method.",
  "rds_backup_method.check": "Look at the used storage and the instance’s series.",
  "rds_account_exists.cause": "Names of accounts are unique in an instance.",
  "rds_account_exists.check": "Look at the instance’s list of accounts.",
  "rds_account_name.cause": "The name breaks RDS’s rules, or is reserved.",
  "rds_account_name.check": "Look for capitals, other characters and names such as root, sa or admin.",
  "rds_account_password.cause": "The password breaks RDS’s rules.",
  "rds_account_password.check": "Count its characters and its kinds of characters.",
  "rds_account_limit.cause": "The instance has reached its number of accounts.",
  "rds_account_limit.check": "Look at the instance’s list of accounts.",
  "rds_account_failed.cause": "The instance did not carry the creation out.",
  "rds_account_failed.check": "Look whether the account is in the list all the same.",
  "rds_unsupported_operation.cause": "The call is not for this engine, version, edition or series.",
  "rds_unsupported_operation.check": "The API’s page lists the instances that it is for.",
  "rds_statement_failed.cause": "RDS passed a statement on to SQL Server, which refused it.",
  "rds_statement_failed.check": "Compare the number of databases with DBMaxQuantity of the instance.",
  "rds_request_invalid.cause": "A parameter is missing, of another form, or contradicts another one: {code}.",
  "rds_request_invalid.check": "Compare the parameters with the API’s page.",
  "oss_forbidden.cause":
    "A policy of the RAM user, of the bucket or its ACL does not allow this. The message does not say which call it was.",
  "oss_forbidden.check":
    "Look at the user’s policies, at the bucket policy and at the ACL; OSS’s EC code can be looked up, too.",
  "oss_payment.cause": "The account’s bill is overdue.",
  "oss_payment.check": "Look at the balance in the Billing console.",
  "oss_no_such_bucket.cause": "The name is mistyped, the bucket was deleted, or it lies in another region.",
  "oss_no_such_bucket.check": "Look for it in the list of buckets in the OSS console.",
  "oss_no_such_key.cause": "The object was deleted, renamed or never uploaded.",
  "oss_no_such_key.check": "List its folder in the OSS console: capitals count.",
  "oss_no_such_upload.cause": "The multipart upload was completed, aborted or cleaned up by a rule.",
  "oss_no_such_upload.check":
    "Look at the bucket’s lifecycle rules for parts, and whether the object is there already.",
  "oss_wrong_endpoint.cause": "Buckets answer at their own region’s endpoint only.",
  "oss_wrong_endpoint.check": "Look at the bucket’s region in the OSS console.",
  "oss_public_endpoint.cause":
    "OSS refuses calls that read or write data over the public endpoints of the mainland to accounts that are new since March 2025 (EC 0048-00000401).",
  "oss_public_endpoint.check":
    "Look under Domain Names of the bucket for a custom domain, and where Chainferry runs: on Alibaba Cloud in the bucket’s region it reaches the internal endpoint.",
  "oss_not_readable_yet.cause": "Objects of Archive classes must be restored before they can be read.",
  "oss_not_readable_yet.check": "Look at the storage class in the object’s details.",
  "oss_integrity.cause": "Bytes changed on their way, or a part was sent again after its checksum was taken.",
  "oss_integrity.check": "Compare CRC-64 of the file with that of the object.",
} as const satisfies MessageTexts<(typeof CLOUD_MESSAGES)[number]["key"]> &
  Readonly<Record<`${FailureKey}.${"cause" | "check"}`, string>>;
