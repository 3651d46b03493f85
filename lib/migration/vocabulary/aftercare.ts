/** What is left to do once a database is online, in the order in which it is done. Texts are `event.aftercare.<step>`. */
export const AFTERCARE_STEPS = [
  "row_counts",
  "accounts",
  "orphaned_users",
  "server_objects",
  "settings",
  "first_backup",
  "backup_policy",
  "connection_strings",
  "source",
  "revert_window",
  "clean_up",
] as const;
export type AftercareStep = (typeof AFTERCARE_STEPS)[number];

/** How a person has settled one. `open`: not, or not any more. */
export const AFTERCARE_STATES = ["open", "done", "skipped"] as const;

/**
 * What an RDS account may do in a database of SQL Server.
 * https://www.alibabacloud.com/help/en/rds/developer-reference/api-rds-2014-08-15-grantaccountprivilege-sqlserver
 */
export const ACCOUNT_PRIVILEGES = ["ReadOnly", "ReadWrite", "DBOwner"] as const;
export type AccountPrivilege = (typeof ACCOUNT_PRIVILEGES)[number];

/** What a login of the source is: `sql` has a password of its own, the others are of Windows; `none`: a user without a login. */
export const LOGIN_KINDS = ["sql", "windows", "windows_group", "other", "none"] as const;
export type LoginKind = (typeof LOGIN_KINDS)[number];
