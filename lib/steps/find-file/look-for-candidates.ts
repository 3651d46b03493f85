import { stat } from "node:fs/promises";
import { relative, sep } from "node:path";
import type { FileRow } from "@/lib/store/typed-rows";
import { isUsable } from "../inspect/inspect-object";
import { required, type StepRun } from "../step-run";
import type { findFile } from "./definition";
import {
  type BucketWatch,
  type Candidate,
  listBucketCandidates,
  listFolderCandidates,
  type Seen,
} from "./list-candidates";
import type { Overlooked } from "./walk-folder";

export interface Found {
  candidates: Candidate[];
  watch: BucketWatch | null;
  /** Beside the candidates, in a folder. */
  overlooked: Overlooked[];
}

/** What is new where the migration's files appear: its folder, or its prefix of the bucket. Throws what these throw. */
export async function lookForCandidates(
  run: StepRun<typeof findFile>,
  seen: Seen,
  key: string | null,
): Promise<Found> {
  const { ctx, migration } = run;
  const known: Seen = { ...seen };
  const prefix = migration.prefix ?? "";
  // What was converted once is not converted again, whichever step saw it.
  for (const file of migration.files) {
    const { original } = file;
    if (original && file.localPath === null) known[original.identity] ??= original.version;
  }
  // A chosen object lies in the bucket, wherever later files come from.
  if (key === null && migration.transport === "shared_folder" && migration.backupBy === "others") {
    const folder = required(migration.localFolder, "local folder");
    for (const file of migration.files)
      if (!isUsable(file) && file.localPath)
        known[relative(folder, file.localPath).replaceAll(sep, "/")] ??= await localVersion(file);
    return { ...(await listFolderCandidates({ folder, prefix, seen: known })), watch: null };
  }
  const bucket = required(migration.bucket, "bucket");
  const store = await ctx.clients.objects(required(migration.cloudConnectionId, "cloud account"));
  for (const file of migration.files) if (file.etag) known[file.objectKey] ??= file.etag;
  const watch = run.checkpoint?.watch ?? null;
  const nowMs = ctx.now().getTime();
  const found = await listBucketCandidates({
    store,
    bucket,
    prefix: key ?? prefix,
    seen: known,
    watch,
    nowMs,
  });
  return { ...found, overlooked: [] };
}

async function localVersion(file: FileRow): Promise<string> {
  const facts = file.localPath === null ? null : await stat(file.localPath).catch(() => null);
  return facts ? `${facts.size}:${facts.mtimeMs}` : "";
}
