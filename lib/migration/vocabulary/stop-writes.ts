/**
 * Who stops writes at the cutover. `restricted_user`: we do, then take the tail log WITH NORECOVERY. `operator`: a
 * person says that writes are stopped.
 */
export const STOP_WRITES = ["restricted_user", "operator"] as const;
export type StopWrites = (typeof STOP_WRITES)[number];

/** The same, and of a rehearsal: nobody, for the source is not touched. Nobody can ask for that at a real cutover. */
export const WRITES_STOPPED_BY = [...STOP_WRITES, "nobody"] as const;
