import { reasonsOf } from "./error-table";
import { OSS_ERRORS } from "./oss-errors";
import { RDS_ERRORS } from "./rds-errors";
import { SQL_SERVER_ERRORS } from "./sql-server-errors";

/**
 * Every `reason` that a failed call to somebody else's service can carry. Each has a text `error.<reason>` in both
 * languages; the last of each system (`…_failed`) is what an unlisted provider code becomes.
 */
export const EXTERNAL_REASONS = [
  ...reasonsOf(SQL_SERVER_ERRORS),
  ...reasonsOf(OSS_ERRORS),
  ...reasonsOf(RDS_ERRORS),
];
export type ExternalReason = (typeof EXTERNAL_REASONS)[number];

/**
 * Reasons of our own rules (AppError). The comment names the params a text may use. Texts are `error.<reason>`; a reason
 * not listed here falls back to `error.<code>`.
 */
export const APP_REASONS = [
  "starting",
  "store_away",
  "internal",
  "stored_value_unreadable",
  "invalid_input",
  "invalid_json",
  "json_expected",
  "body_too_large", // limitBytes
  "body_too_slow", // seconds
  "invalid_address",
  "method_not_allowed", // method
  "too_many_streams", // limit
  "too_many_attempts", // seconds
  "host_not_allowed", // host
  "not_encrypted",
  "cross_site_request",
  "endpoint_needs_https", // host
  "endpoint_not_allowed", // host
  "endpoint_port", // host
  "role_required", // role
  "out_of_scope",
  "folders_not_approved", // source, local
  "sign_in_needed",
  "reauthentication_required", // by
  "sign_in_failed",
  "sign_in_blocked", // minutes
  "sign_in_attempt_over",
  "passkey_not_here",
  "passkey_elsewhere", // host
  "passkey_needed",
  "passkey_of_provider",
  "passkey_called_off",
  "passkey_not_valid",
  "passkey_copied",
  "passkey_attempt_over",
  "passkey_known",
  "too_many_passkeys", // limit
  "passkey_not_found",
  "provider_not_set",
  "provider_unreachable", // host, code
  "provider_refused", // host, code
  "provider_answer_unreadable", // host
  "provider_wrong_issuer", // host
  "provider_wrong_audience", // host
  "provider_wrong_keys", // host
  "provider_wrong_clock", // host
  "provider_wrong_attempt", // host
  "provider_not_fresh", // host
  "directory_not_set",
  "directory_unreachable", // host, code
  "directory_refused", // host, code
  "directory_no_base", // host
  "directory_service_account", // host
  "directory_ambiguous", // name
  "directory_password_expired",
  "identity_no_role", // source
  "identity_shut_out", // source
  "identity_other_person", // name
  "password_elsewhere",
  "role_elsewhere", // name
  "link_not_valid",
  "password_wrong",
  "password_too_short", // length
  "password_too_long", // length
  "password_common",
  "password_has_name",
  "person_not_found",
  "person_name_taken", // name
  "last_administrator",
  "session_not_found",
  "share_not_valid",
  "only_on_this_machine",
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
  "address_not_understood", // address
  "source_database_not_found", // database
  "migration_not_found",
  "migration_not_a_draft",
  "migration_not_started",
  "rehearsal_not_droppable",
  "drop_outcome_unknown", // database
  "plan_needs_size",
  "draft_has_blockers", // count
  "draft_changed", // count
  "wave_not_found",
  "wave_has_begun",
  "wave_not_started",
  "wave_is_empty",
  "wave_is_armed",
  "wave_not_armed",
  "wave_disarmed",
  "wave_follows_itself",
  "wave_member_twice", // database
  "wave_target_twice", // database
  "object_not_found", // key, bucket
  "object_exists", // key, bucket
  "object_in_use", // key, name
  "object_not_a_backup", // key, code
  "object_incomplete", // key
  "object_unread", // key, seal
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
  "open_outcome_unknown", // database
  "name_does_not_match", // expected
  "store_locked",
  "store_lock_silent", // pid, host, program, since, folder, file
  "store_lock_unreadable", // file
  "store_absent", // folder
  "store_damaged", // folder, damage
  "store_unreachable", // host
  "store_newer", // migrations
  "backup_exists", // file
  "backup_damaged", // file, what
  "backup_newer", // version, migrations
  "restore_not_empty", // place
  "record_not_over", // name, status
  "record_there", // name
  "record_older", // version
  "store_script_changed", // migration
] as const;
export type AppReason = (typeof APP_REASONS)[number];

/** `invalidParams[].reason`: what is wrong with one field. Texts `error.<reason>`. */
export const FIELD_REASONS = [
  "field_required",
  "field_wrong_type",
  "field_too_small",
  "field_too_long",
  "field_wrong_format",
  "field_wrong_order",
  "field_not_allowed_value",
  "field_unknown",
  "field_changed",
  "field_invalid",
] as const;
export type FieldReason = (typeof FIELD_REASONS)[number];
