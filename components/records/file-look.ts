import type { Status } from "@/lib/migration/vocabulary/status";

const FILE_LOOK: Readonly<Record<string, Status>> = {
  not_started: "pending",
  downloading: "running",
  downloaded: "waiting_external",
  download_failed: "failed",
  checksum_failed: "failed",
  check_succeeded: "waiting_external",
  check_failed: "failed",
  restoring: "running",
  restored: "succeeded",
  restore_failed: "failed",
  deleted: "skipped",
  delete_failed: "failed",
};

/** How a file of a task looks in our vocabulary; a state that we do not know is shown as unknown, never as fine. */
export function fileLook(status: string): Status {
  return Object.hasOwn(FILE_LOOK, status) ? (FILE_LOOK[status] ?? "unknown") : "unknown";
}
