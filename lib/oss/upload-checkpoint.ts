import type { FileIdentity } from "./source-file";
import type { VerifiedPrefix } from "./verified-parts";

/** What earlier runs of the same upload did. */
export interface UploadSpent {
  elapsedMs: number;
  sentBytes: number;
  retries: number;
  /** Runs, this one not counted. */
  runs: number;
  lanes: number;
}

/** Everything needed to go on with an upload in another process. Plain JSON. */
export interface UploadCheckpoint {
  uploadId: string;
  partSize: number;
  sizeBytes: number;
  mtimeMs: number;
  /** Missing in what older versions wrote. */
  sample?: string;
  verified?: VerifiedPrefix;
  spent?: UploadSpent;
}

/** Whether the checkpoint is of this very file. */
export function isOfFile(checkpoint: UploadCheckpoint, identity: FileIdentity): boolean {
  return (
    checkpoint.sizeBytes === identity.sizeBytes &&
    checkpoint.mtimeMs === identity.mtimeMs &&
    (checkpoint.sample === undefined || checkpoint.sample === identity.sample)
  );
}
