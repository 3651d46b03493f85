import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { moveFile } from "@/lib/store/move-file";
import { type Hold, required, type StepRun } from "../step-run";

/**
 * The object must be the one whose header was read: RDS restores what lies there when it is asked, under the LSNs of what
 * lay there before. Null: it is, or its tag was never kept. Throws ExternalError.
 */
export async function compareObject(run: StepRun): Promise<Hold | null> {
  const { ctx, migration } = run;
  const file = required(run.file, "file to import");
  if (file.etag === null) return null;
  const store = await ctx.clients.objects(required(migration.cloudConnectionId, "cloud account"));
  const bucket = required(migration.bucket, "bucket");
  const object = await store.headObject({ bucket, key: file.objectKey });
  if (object === null)
    return { type: "failed", failure: ruleFailure("object_missing", { key: file.objectKey }) };
  const wasBytes = file.sizeBytes === null ? object.sizeBytes : Number(file.sizeBytes);
  if (object.etag === file.etag && object.sizeBytes === wasBytes) return null;
  const { etag, sizeBytes } = object;
  const params = { key: file.objectKey, was: file.etag, wasBytes, is: etag, isBytes: sizeBytes };
  return {
    type: "failed",
    failure: ruleFailure("object_replaced", params),
    write: (tx) => moveFile(tx, file.id, "failed"),
  };
}
