import { FILE_STATES, type FileState } from "./vocabulary/file-state";

/**
 * What may follow a state. Files only go forward: RDS has one that was handed over, whoever writes late. Back to
 * `inspected` comes a file of which it is known that RDS did not take it or could not restore it; one that is still ours
 * may be looked at, refused and chosen again.
 */
const FOLLOWS: Readonly<Record<FileState, readonly FileState[]>> = {
  written: ["written", "uploading", "uploaded", "inspected", "refused", "skipped", "failed"],
  uploading: ["uploading", "uploaded", "skipped", "failed"],
  uploaded: ["uploaded", "written", "inspected", "refused", "skipped", "failed"],
  inspected: ["inspected", "written", "uploaded", "refused", "importing", "skipped", "failed"],
  refused: ["refused", "written", "uploaded", "inspected", "skipped", "failed"],
  importing: ["importing", "inspected", "imported", "failed"],
  imported: [],
  skipped: ["skipped"],
  failed: ["failed", "inspected", "importing", "skipped"],
};

/** The states from which a file may come to `next`. */
export function statesBefore(next: FileState): FileState[] {
  return FILE_STATES.filter((state) => FOLLOWS[state].includes(next));
}
