import type { RdsFileStatus } from "@/lib/migration/vocabulary/rds-status";

const FAILED: ReadonlySet<RdsFileStatus> = new Set([
  "download_failed",
  "checksum_failed",
  "check_failed",
  "restore_failed",
]);

/** Whether RDS has given up on a file. */
export function isFailedFile(status: RdsFileStatus): boolean {
  return FAILED.has(status);
}

/** Whether a file came to nothing, so that it may be handed over again under the same name. */
export function mayBeSentAgain(status: RdsFileStatus): boolean {
  return isFailedFile(status) || status === "deleted";
}
