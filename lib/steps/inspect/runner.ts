import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { objectByteSource } from "@/lib/oss/object-byte-source";
import { headerColumns } from "@/lib/store/header-columns";
import { type Outcome as AnyOutcome, required, type StepRun } from "../step-run";
import type { inspect } from "./definition";

type Run = StepRun<typeof inspect>;
type Outcome = AnyOutcome<typeof inspect>;

import { inspectObject, targetOf, verdictJson } from "./inspect-object";

/**
 * Looks at the object itself: what RDS will read must be what continues the chain. A file that does not is refused
 * here, before anything is submitted.
 */
export async function runInspect(run: Run): Promise<Outcome> {
  const { ctx, migration } = run;
  const file = required(run.file, "file to inspect");
  const bucket = required(migration.bucket, "bucket");
  const store = await ctx.clients.objects(required(migration.cloudConnectionId, "cloud account"));
  const object = await store.headObject({ bucket, key: file.objectKey });
  if (!object) return { type: "failed", failure: ruleFailure("object_missing", { key: file.objectKey }) };
  const inspection = await inspectObject({
    source: objectByteSource(store, bucket, file.objectKey, object.sizeBytes),
    name: file.name,
    target: targetOf(migration),
    database: migration.sourceDatabase,
  });
  const { reading } = inspection;
  if (inspection.verdict === "incomplete") {
    return { type: "failed", failure: ruleFailure("object_incomplete", { key: file.objectKey }) };
  }
  const set = inspection.set;
  const read = {
    type: "header_read",
    payload: {
      file: file.name,
      type: set?.type ?? null,
      firstLsn: set?.firstLsn?.toString() ?? null,
      lastLsn: set?.lastLsn?.toString() ?? null,
      reads: reading.reads,
      bytesRead: reading.bytesRead,
    },
  };
  const facts = { reads: reading.reads, bytesRead: reading.bytesRead };
  const columns = {
    ...(set ? headerColumns(set) : {}),
    sizeBytes: BigInt(object.sizeBytes),
    etag: object.etag,
  };
  switch (inspection.verdict) {
    case "continues":
      return {
        type: "done",
        result: facts,
        events: [read],
        write: async (tx) => {
          await tx.backupFile.update({ where: { id: file.id }, data: { ...columns, state: "inspected" } });
        },
      };
    case "superfluous":
      return {
        type: "done",
        skipped: true,
        result: facts,
        events: [
          read,
          { type: "file_skipped", payload: { file: file.name, reason: inspection.problem.kind } },
        ],
        write: async (tx) => {
          await tx.backupFile.update({
            where: { id: file.id },
            data: { ...columns, state: "skipped", verdict: verdictJson(inspection.problem) },
          });
        },
      };
    case "refused": {
      const verdict = verdictJson(inspection.problem);
      return {
        type: "refused",
        failure: ruleFailure("file_refused", { file: file.name, kind: inspection.problem.kind }),
        result: facts,
        events: [
          read,
          {
            type: "file_refused",
            payload: {
              file: file.name,
              kind: inspection.problem.kind,
              fromLsn: inspection.problem.fromLsn?.toString() ?? null,
              toLsn: inspection.problem.toLsn?.toString() ?? null,
              message: inspection.problem.message,
            },
          },
        ],
        write: async (tx) => {
          await tx.backupFile.update({
            where: { id: file.id },
            data: { ...columns, state: "refused", verdict },
          });
        },
      };
    }
  }
}
