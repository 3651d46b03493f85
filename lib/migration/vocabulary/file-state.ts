/** How far a backup file has come. */
export const FILE_STATES = [
  "written",
  "uploading",
  "uploaded",
  "inspected",
  "refused",
  "importing",
  "imported",
  "skipped",
  "failed",
] as const;
export type FileState = (typeof FILE_STATES)[number];
