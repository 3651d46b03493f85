/** A DBCC CHECKDB that was started from the preflight. `lost`: the process that ran it is gone, and the check with it. */
export const CHECK_RUN_STATES = ["running", "clean", "errors", "failed", "cancelled", "lost"] as const;
