import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { moveFile } from "@/lib/store/move-file";
import { type Hold, required, type StepRun } from "../step-run";

/** What lies in the bucket now, beside what lay there when the header was read. */
type Replaced = { key: string; was: string; wasBytes: number; is: string; isBytes: number };

/**
 * The object must be the one whose header was read: RDS restores what lies there when it is asked, under the LSNs of what
 * lay there before. Null: it is, or its tag was never kept. Throws ExternalError.
 */
export async function compareObject(run: StepRun): Promise<Hold | null> {
  const file = required(run.file, "file to import");
  const compared = await differenceOf(run);
  if (compared === null) return null;
  if (compared === "missing")
    return { type: "failed", failure: ruleFailure("object_missing", { key: file.objectKey }) };
  return {
    type: "failed",
    failure: ruleFailure("object_replaced", compared),
    write: (tx) => moveFile(tx, file.id, "failed"),
  };
}

/** How the object differs from the one whose header was read. Null: not, or its tag was never kept. Throws ExternalError. */
export async function differenceOf({
  ctx,
  migration,
  ...run
}: Pick<StepRun, "ctx" | "migration" | "file">): Promise<Replaced | "missing" | null> {
  const file = required(run.file, "file to import");
  if (file.etag === null) return null;
  const store = await ctx.clients.objects(required(migration.cloudConnectionId, "cloud account"));
  const bucket = required(migration.bucket, "bucket");
  const object = await store.headObject({ bucket, key: file.objectKey });
  if (object === null) return "missing";
  const { etag: is, sizeBytes: isBytes } = object;
  const wasBytes = file.sizeBytes === null ? isBytes : Number(file.sizeBytes);
  if (is === file.etag && isBytes === wasBytes) return null;
  return { key: file.objectKey, was: file.etag, wasBytes, is, isBytes };
}
