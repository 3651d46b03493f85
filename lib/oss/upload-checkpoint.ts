import type { UploadCheckpoint } from "@/lib/migration/upload-checkpoint";
import type { FileIdentity } from "./source-file";

/** Whether the checkpoint is of this very file. */
export function isOfFile(checkpoint: UploadCheckpoint, identity: FileIdentity): boolean {
  return (
    checkpoint.sizeBytes === identity.sizeBytes &&
    checkpoint.mtimeMs === identity.mtimeMs &&
    (checkpoint.sample === undefined || checkpoint.sample === identity.sample)
  );
}
