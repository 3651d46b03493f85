/** When RDS runs DBCC CHECKDB: after the database is open (`async`), or before (`sync`). */
export const CHECK_MODES = ["async", "sync"] as const;
export type CheckMode = (typeof CHECK_MODES)[number];
