import type { RdsFile } from "@/lib/rds/rds-account";

const FAILED: ReadonlySet<RdsFile["status"]> = new Set([
  "download_failed",
  "checksum_failed",
  "check_failed",
  "restore_failed",
]);

/** Whether RDS has given up on a file. */
export function isFailedFile(status: RdsFile["status"]): boolean {
  return FAILED.has(status);
}
