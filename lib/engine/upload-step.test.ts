import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ObjectStore } from "@/lib/oss/object-store";
import { only } from "@/lib/services/open-test-ctx";
import { openStepWorld, type StepWorld } from "./step-world-fixture";

let folder: string;
let world: StepWorld;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chainferry-upload-"));
  const localPath = join(folder, "full.bak");
  await writeFile(localPath, "the file as somebody wrote it again");
  await utimes(localPath, 1_000, 1_000);
  world = await openStepWorld(
    {
      kind: "upload",
      nature: "resumable",
      checkpoint: { uploadId: "old", partSize: 1_048_576, sizeBytes: 4, mtimeMs: 5 },
    },
    { file: { state: "uploading", localPath } },
  );
});

afterEach(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

test("a file that changed since an interrupted upload fails it once; the retry begins anew", async () => {
  const aborted: string[] = [];
  const started: string[] = [];
  const store = only<ObjectStore>({
    abortUpload: async ({ uploadId }) => void aborted.push(uploadId),
    startUpload: async () => {
      started.push("new");
      return { uploadId: "new" };
    },
    uploadPart: () => new Promise(() => undefined),
  });
  world.clients.objects = async () => store;
  await world.run();
  expect(await world.step()).toMatchObject({
    status: "failed",
    error: { reason: "upload_file_changed" },
    checkpoint: null,
  });
  expect(aborted).toEqual(["old"]);
  expect(started).toEqual([]);

  await world.ctx.db.migrationStep.updateMany({ data: { status: "queued", error: {} } });
  const begun = new Promise<void>((settle) => {
    const watched = only<ObjectStore>({
      startUpload: store.startUpload,
      uploadPart: async () => {
        settle();
        throw new Error("far enough");
      },
    });
    world.clients.objects = async () => watched;
  });
  await Promise.all([begun, world.run()]);
  expect(started).toEqual(["new"]);
});
