/**
 * Every `reason` that a failed call to somebody else's service can carry. Each has a text `error.<reason>` in both
 * languages; the last of each system (`…_failed`) is what an unlisted provider code becomes.
 */
export const EXTERNAL_REASONS = [
  "sql_login_failed",
  "sql_login_unknown",
  "sql_login_password",
  "sql_login_disabled",
  "sql_login_locked",
  "sql_login_windows_only",
  "sql_login_no_access",
  "sql_login_paused",
  "sql_untrusted_domain",
  "sql_password_must_change",
  "sql_password_expired",
  "sql_database_not_found",
  "sql_host_not_found",
  "sql_port_refused",
  "sql_instance_not_found",
  "sql_browser_silent",
  "sql_instance_no_tcp",
  "sql_tls_untrusted",
  "sql_tls_required",
  "sql_tls_refused",
  "sql_tls_name",
  "sql_tls_expired",
  "sql_tls_too_old",
  "sql_not_encrypted",
  "sql_hung_up",
  "sql_timeout",
  "sql_connection_lost",
  "sql_forbidden",
  "sql_permission",
  "sql_database_no_access",
  "sql_backup_device",
  "sql_backup_running",
  "sql_log_needs_full",
  "sql_simple_recovery",
  "sql_differential_needs_full",
  "sql_page_damaged",
  "sql_disk_full",
  "sql_not_a_backup",
  "sql_database_restoring",
  "sql_failed",
  "oss_access_key_unknown",
  "oss_signature",
  "oss_token_expired",
  "oss_forbidden",
  "oss_no_such_bucket",
  "oss_no_such_key",
  "oss_no_such_upload",
  "oss_wrong_endpoint",
  "oss_clock_skew",
  "oss_not_readable_yet",
  "oss_integrity",
  "oss_throttled",
  "oss_timeout",
  "oss_unavailable",
  "oss_failed",
  "rds_access_key_unknown",
  "rds_signature",
  "rds_token_expired",
  "rds_no_credentials",
  "rds_clock_skew",
  "rds_forbidden",
  "rds_instance_not_found",
  "rds_instance_not_running",
  "rds_instance_type",
  "rds_instance_locked",
  "rds_engine",
  "rds_import_role_missing",
  "rds_daily_limit",
  "rds_file_not_accepted",
  "rds_file_too_large",
  "rds_object_missing",
  "rds_object_position",
  "rds_storage_class",
  "rds_disk_too_small",
  "rds_database_name",
  "rds_database_state",
  "rds_must_be_online",
  "rds_task_state",
  "rds_task_not_found",
  "rds_throttled",
  "rds_timeout",
  "rds_unavailable",
  "rds_failed",
] as const;
export type ExternalReason = (typeof EXTERNAL_REASONS)[number];

/**
 * Reasons of our own rules (AppError). The comment names the params a text may use. Texts are `error.<reason>`; a reason
 * not listed here falls back to `error.<code>`.
 */
export const APP_REASONS = [
  "starting",
  "internal",
  "invalid_input",
  "invalid_json",
  "json_expected",
  "body_too_large", // limitBytes
  "host_not_allowed", // host
  "cross_site_request",
  "role_required", // role
  "not_found",
  "already_exists",
  "probe_timeout", // seconds
  "probe_unknown", // probe
  "warning_only",
  "warning_changed",
  "check_already_running", // database
  "connection_not_found",
  "connection_wrong_kind", // expected
  "connection_in_use", // migrations, name
  "connection_kind_fixed",
  "connection_of_sandbox",
  "connection_secret_unreadable",
  "secret_needed_for_new_target",
  "source_database_not_found", // database
  "migration_not_found",
  "migration_not_a_draft",
  "draft_has_blockers", // count
  "object_not_found", // key, bucket
  "object_not_a_backup", // key, code
  "object_incomplete", // key
  "object_encrypted", // key
  "object_several_sets", // key, sets
  "object_is_full_backup", // key
  "object_type_not_accepted", // key, type
  "object_wrong_database", // key, database, expected
  "object_does_not_continue_chain", // key, kind, fromLsn, toLsn, atLsn
  "object_already_in_task", // key, taskId
  "instance_not_found", // instanceId
  "task_not_found", // taskId
  "task_not_waiting", // taskId, status
  "task_belongs_to_migration", // taskId, migrationId, name
  "import_outcome_unknown", // taskId, key
  "name_does_not_match", // expected
  "store_locked",
  "store_lock_unreadable", // file
  "store_unreachable", // host
  "store_newer", // migrations
  "store_script_changed", // migration
] as const;

/** `invalidParams[].reason`: what is wrong with one field. Texts `error.<reason>`. */
export const FIELD_REASONS = [
  "field_required",
  "field_wrong_type",
  "field_too_small",
  "field_too_long",
  "field_wrong_format",
  "field_not_allowed_value",
  "field_unknown",
  "field_invalid",
] as const;
export type FieldReason = (typeof FIELD_REASONS)[number];
