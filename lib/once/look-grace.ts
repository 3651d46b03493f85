/**
 * For how long RDS and SQL Server must show nothing of an unanswered call before it counts as absent, milliseconds: longer
 * than the call may still be under way. A worker is given up 20 s after its last sign of life, calls within 10 s of its last
 * check, and the longest call waits 60 s for its answer.
 */
export const LOOK_GRACE_MS = 100_000;
