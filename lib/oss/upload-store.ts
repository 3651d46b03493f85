import type { ObjectStore } from "./object-store";

/** What an upload needs of OSS. */
export type UploadStore = Pick<
  ObjectStore,
  | "startUpload"
  | "listUploads"
  | "uploadPart"
  | "listParts"
  | "completeUpload"
  | "abortUpload"
  | "headObject"
  | "deleteObject"
>;
