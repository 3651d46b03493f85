/** Who may connect to a database, in SQL Server's words (sys.databases, user_access_desc). */
export const USER_ACCESSES = ["MULTI_USER", "SINGLE_USER", "RESTRICTED_USER"] as const;
export type UserAccess = (typeof USER_ACCESSES)[number];
