import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { only } from "@/lib/context/open-test-ctx";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import { FileMovedOnError, moveFile } from "@/lib/store/move-file";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { openStepWorld, type StepWorld } from "./step-world-fixture";

let world: StepWorld;

afterEach(() => world.close());

/** Another worker takes the step up while the first still waits for an answer. */
async function takeAway(): Promise<void> {
  await world.ctx.db.migrationStep.updateMany({ data: { claimedBy: "another" } });
}

/** A bucket with one log, whose listing comes back only after `meanwhile`. */
function bucketOf(key: string, meanwhile: () => Promise<unknown>): ObjectStore {
  const bytes = Buffer.concat([
    ...backupBytes({
      sets: [
        {
          type: "log",
          databaseName: "Sales",
          firstLsn: 1n,
          lastLsn: 2n,
          checkpointLsn: 1n,
          payloadBytes: 64,
        },
      ],
      blockSize: 512,
    }),
  ]);
  return only<ObjectStore>({
    listObjects: async () => {
      await meanwhile();
      return {
        objects: [
          {
            key,
            sizeBytes: bytes.length,
            etag: "second",
            lastModifiedAt: "2026-05-04T10:00:00Z",
            storageClass: "Standard",
          },
        ],
        nextContinuationToken: null,
      };
    },
    readRange: async (_, offset, length) => bytes.subarray(offset, offset + length),
  });
}

const LOOK = { kind: "find_file", nature: "repeatable", fileId: null, input: { final: false, wait: true } };

test("a look that comes back late makes nothing of files: what was imported meanwhile stays imported", async () => {
  const key = "sales/log.trn";
  world = await openStepWorld(LOOK, {
    migration: { transport: "bucket_watch" },
    file: { id: "f", objectKey: key, state: "uploaded" },
  });
  const store = bucketOf(key, async () => {
    await takeAway();
    await world.ctx.db.backupFile.updateMany({ data: { state: "imported", etag: "first" } });
  });
  world.clients.objects = async () => store;
  await world.run();
  expect(await world.ctx.db.backupFile.findMany()).toMatchObject([{ state: "imported", etag: "first" }]);
  expect(await world.step()).toMatchObject({ claimedBy: "another", status: "running" });
});

test("nor does it make rows of what it found: they are the other worker's to write", async () => {
  world = await openStepWorld(LOOK, { migration: { transport: "bucket_watch" } });
  const store = bucketOf("sales/log.trn", takeAway);
  world.clients.objects = async () => store;
  await world.run();
  expect((await world.ctx.db.backupFile.findMany()).map(({ id }) => id)).toEqual(["f"]);
});

test("who lost the step before its checkpoint was kept does not act: the source stays open", async () => {
  world = await openStepWorld(
    { kind: "stop_writes", nature: "repeatable", fileId: null },
    { migration: { sourceConnectionId: "cloud", sourceDatabase: "Sales" } },
  );
  const acted: string[] = [];
  const source = only<SourceServer>({
    rowCounts: async () => {
      await takeAway();
      return {};
    },
    restrictUsers: async (database) => void acted.push(database),
    listSessions: async () => [],
  });
  world.clients.source = async () => source;
  await world.run();
  expect(acted).toEqual([]);
  expect(await world.step()).toMatchObject({ claimedBy: "another", checkpoint: null });
});

test("an upload that begins late does not take a file back that was sent meanwhile", async () => {
  const folder = await mkdtemp(join(tmpdir(), "chainferry-late-"));
  try {
    const localPath = join(folder, "full.bak");
    await writeFile(localPath, "bytes");
    world = await openStepWorld(
      { kind: "upload", nature: "resumable" },
      { file: { state: "written", localPath } },
    );
    world.clients.objects = async () => {
      await takeAway();
      await world.ctx.db.backupFile.updateMany({ data: { state: "importing" } });
      return only<ObjectStore>({});
    };
    await world.run();
    expect(await world.ctx.db.backupFile.findMany()).toMatchObject([{ state: "importing" }]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("files only go forward: what RDS has restored is nothing else any more", async () => {
  world = await openStepWorld({ kind: "await_import", nature: "repeatable" });
  const { db } = world.ctx;
  await moveFile(db, "f", "imported", { etag: "e" });
  for (const state of ["uploaded", "inspected", "importing", "failed", "skipped"] as const)
    await expect(moveFile(db, "f", state)).rejects.toThrow(FileMovedOnError);
  expect(await db.backupFile.findUnique({ where: { id: "f" } })).toMatchObject({
    state: "imported",
    etag: "e",
  });
});
