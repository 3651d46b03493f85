import { readBackup } from "@/lib/backup/read-backup";
import type { ChainIdentity } from "@/lib/chain/verdict";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { judgementOf, judgeSingle } from "@/lib/migration/judge-reading";
import { roundOfKey } from "@/lib/migration/step-key";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import { objectByteSource } from "@/lib/oss/object-byte-source";
import { headerColumns } from "@/lib/store/header-columns";
import { moveFile } from "@/lib/store/move-file";
import { type Outcome as AnyOutcome, type Hold, required, type StepRun } from "../step-run";
import type { inspect } from "./definition";
import { witnessedReading } from "./witnessed-reading";

type Run = StepRun<typeof inspect>;
type Outcome = AnyOutcome<typeof inspect>;

import { holdForTimeline } from "./hold-for-timeline";
import { chosenKey, judgePile } from "./judge-pile";
import { refuseFile, skipSuperfluous } from "./leave-out";
import { projectedTarget } from "./projected-target";

/**
 * Looks at the object itself: what RDS will read must be what continues the chain, as it will be once the files before it
 * are restored. A file that does not is refused here, before anything is submitted; the import judges once more.
 */
export async function runInspect(run: Run): Promise<Outcome> {
  const { ctx, migration } = run;
  const file = required(run.file, "file to inspect");
  const bucket = required(migration.bucket, "bucket");
  const store = await ctx.clients.objects(required(migration.cloudConnectionId, "cloud account"));
  const object = await store.headObject({ bucket, key: file.objectKey });
  if (!object) return { type: "failed", failure: ruleFailure("object_missing", { key: file.objectKey }) };
  const { target, ahead } = projectedTarget(migration, roundOfKey(run.step.key) ?? 0);
  const bytes = await readBackup(objectByteSource(store, bucket, file.objectKey, object.sizeBytes));
  const reading = witnessedReading(bytes, file, object);
  const key = chosenKey(migration, file.id);
  let unsettled: ChainIdentity | null = null;
  const inspection = judgeSingle(reading, file.name, (read) => {
    const { verdict, settled } = judgePile(migration, { target, key, file: { row: file, set: read } });
    if (!settled) unsettled = verdict.identity;
    return judgementOf(verdict, { label: file.id, name: file.name, set: read, target });
  });
  if (unsettled !== null) {
    const held = await holdForTimeline(run, unsettled);
    // The source has answered: at the next look its word counts.
    return "hold" in held ? held.hold : { type: "wait", status: "running", afterMs: 0 };
  }
  if (inspection.verdict === "incomplete") {
    return { type: "failed", failure: ruleFailure("object_incomplete", { key: file.objectKey }) };
  }
  const set = inspection.set;
  const read: NewEvent = {
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
    ...(set && bytes.ok ? headerColumns(set) : {}),
    sizeBytes: BigInt(object.sizeBytes),
    etag: object.etag,
  };
  const ready: Outcome = {
    type: "done",
    result: facts,
    events: [read],
    write: async (tx) => {
      await moveFile(tx, file.id, "inspected", columns);
    },
  };
  const told = (leftOut: Hold): Outcome => ({
    ...leftOut,
    ...(leftOut.type === "wait" ? {} : { result: facts }),
    events: [read, ...(leftOut.events ?? [])],
  });
  switch (inspection.verdict) {
    case "continues":
      return ready;
    case "superfluous":
      // Not until what is before it has been restored: should that fail, this one may be what is missing.
      if (ahead) return ready;
      return told(skipSuperfluous({ file, problem: inspection.problem, columns }));
    case "refused":
      return told(refuseFile({ file, problem: inspection.problem, columns }));
  }
}
