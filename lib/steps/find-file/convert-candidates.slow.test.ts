import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { OPENING_MS } from "@/lib/context/open-test-ctx";
import { connectObjectStore } from "@/lib/oss/connect-object-store";
import type { ObjectStore } from "@/lib/oss/object-store";
import { zipOf } from "@/lib/oss/zip-fixture";
import type { BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { startOss } from "@/sandbox/oss/start-oss";
import { openStepWorld, type StepWorld } from "../step-world-fixture";

const bucket = "convert";
const credentials = { accessKeyId: "LTAI-c", accessKeySecret: "secret", regionId: "cn-hangzhou" };
const BASE = "0A000000-0000-0000-0000-00000000000A";
const LOG: BackupSetSpec = {
  type: "log",
  databaseName: "Sales",
  firstLsn: 100n,
  lastLsn: 200n,
  checkpointLsn: 90n,
  payloadBytes: 3_000_000,
};

let folder: string;
let oss: Awaited<ReturnType<typeof startOss>>;
let store: ObjectStore;
let world: StepWorld;

function backup(spec: BackupSetSpec): Buffer {
  return Buffer.concat([...backupBytes({ sets: [spec], blockSize: 512 })]);
}

async function openWorld(more: { transport: string; localFolder?: string }): Promise<void> {
  world = await openStepWorld(
    {
      kind: "find_file",
      nature: "repeatable",
      key: "find_file:1",
      fileId: null,
      input: { final: false, wait: true },
    },
    {
      migration: {
        ...more,
        bucket,
        sourceDatabase: "Sales",
        targetLsn: "150",
        targetBaseLsn: "90",
        targetBaseGuid: BASE,
      },
      file: { state: "imported" },
    },
  );
  world.clients.objects = async () => store;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chainferry-convert-"));
  oss = await startOss({ ...credentials, folder: join(folder, "oss"), bucket, scenario: "clean" });
  store = connectObjectStore({ ...credentials, endpoint: `http://127.0.0.1:${oss.port}` });
}, OPENING_MS);
afterEach(async () => {
  await world.close();
  await oss.stop();
  await rm(folder, { recursive: true });
});

test(
  "a .zip.log in the bucket is unpacked once, and what came of it continues the chain",
  async () => {
    await openWorld({ transport: "bucket_watch" });
    const lbak = backup(LOG);
    const archive = zipOf([{ name: "Sales.lbak", bytes: lbak }]);
    await store.putObject({ bucket, key: "sales/hins1_20261122.zip.log", body: archive });
    await world.run();
    const step = await world.step();
    expect(step).toMatchObject({ status: "succeeded" });
    const file = await world.ctx.db.backupFile.findUniqueOrThrow({ where: { id: step.fileId ?? "" } });
    expect(file.objectKey).toMatch(/^sales\/hins1_20261122_Sales_[0-9a-f]{6}\.trn$/);
    expect(file).toMatchObject({
      type: "log",
      state: "uploaded",
      sizeBytes: BigInt(lbak.length),
      original: { why: "unpacked", name: "hins1_20261122.zip.log", sizeBytes: archive.length },
    });
    const bytes = await store.readRange({ bucket, key: file.objectKey }, 0, lbak.length);
    expect(lbak.equals(bytes)).toBe(true);
    expect(await world.eventTypes()).toContain("file_unpacked");

    // The next look finds the archive and the file again, and makes nothing new of them.
    const before = await store.headObject({ bucket, key: file.objectKey });
    await world.ctx.db.backupFile.update({ where: { id: file.id }, data: { state: "imported" } });
    await world.ctx.db.migrationStep.update({
      where: { id: "step" },
      data: { status: "queued", fileId: null },
    });
    await world.run();
    expect(await world.step()).toMatchObject({ status: "waiting_for_backup" });
    expect(await store.headObject({ bucket, key: file.objectKey })).toEqual(before);
    expect(await world.ctx.db.backupFile.count()).toBe(2);
  },
  OPENING_MS,
);

test(
  "an archive in the folder goes to the bucket unpacked; a damaged one is said and passed over",
  async () => {
    const localFolder = join(folder, "backups");
    await mkdir(localFolder);
    await openWorld({ transport: "shared_folder", localFolder });
    const archive = zipOf([
      { name: "readme.txt", bytes: Buffer.from("not a backup") },
      { name: "Sales.lbak", bytes: backup(LOG) },
    ]);
    await writeFile(join(localFolder, "good.zip.log"), archive);
    await writeFile(join(localFolder, "cut.zip.log"), archive.subarray(0, 2_000));
    await writeFile(
      join(localFolder, "lie.zip.log"),
      zipOf([{ name: "Sales.lbak", bytes: backup(LOG), claimed: 40n * 1024n ** 4n }]),
    );
    await writeFile(join(localFolder, "other.zip"), zipOf([{ name: "a.txt", bytes: Buffer.from("text") }]));
    await world.run();
    const step = await world.step();
    const file = await world.ctx.db.backupFile.findUniqueOrThrow({ where: { id: step.fileId ?? "" } });
    expect(file).toMatchObject({ type: "log", localPath: null, original: { name: "good.zip.log" } });
    const refused = await world.ctx.db.migrationEvent.findMany({ where: { type: "archive_refused" } });
    expect(
      refused
        .map(({ payload }) => payload)
        .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
    ).toEqual([
      { file: "cut.zip.log", reason: "archive_damaged" },
      { file: "lie.zip.log", reason: "archive_sizes_false" },
      { file: "other.zip", reason: "archive_without_backup" },
    ]);
    expect(await store.listUploads({ bucket, prefix: "" })).toEqual([]);
    const { objects } = await store.listObjects({ bucket, prefix: "", limit: 10 });
    expect(objects.map(({ key }) => key)).toEqual([file.objectKey]);
    expect((await readdir(localFolder)).sort()).toEqual([
      "cut.zip.log",
      "good.zip.log",
      "lie.zip.log",
      "other.zip",
    ]);
  },
  OPENING_MS,
);

test(
  "what came whole out of an archive that is damaged further on is used, and the damage is said",
  async () => {
    await openWorld({ transport: "bucket_watch" });
    const later = backup({ ...LOG, firstLsn: 200n, lastLsn: 300n });
    const archive = zipOf([
      { name: "1.lbak", bytes: backup(LOG) },
      { name: "2.lbak", bytes: later, claimed: BigInt(later.length + 1) },
    ]);
    await store.putObject({ bucket, key: "sales/two.zip.log", body: archive });
    await world.run();
    const step = await world.step();
    expect(step).toMatchObject({ status: "succeeded" });
    const file = await world.ctx.db.backupFile.findUniqueOrThrow({ where: { id: step.fileId ?? "" } });
    expect(file).toMatchObject({ state: "uploaded", lastLsn: "200", original: { name: "two.zip.log" } });
    expect(await world.eventTypes()).toEqual(expect.arrayContaining(["file_unpacked", "archive_refused"]));
    expect(await store.listUploads({ bucket, prefix: "" })).toEqual([]);
    const { objects } = await store.listObjects({ bucket, prefix: "", limit: 10 });
    expect(objects.map(({ key }) => key).sort()).toEqual([file.objectKey, "sales/two.zip.log"].sort());
  },
  OPENING_MS,
);

test(
  "an object under a name that RDS refuses is copied, and the original is kept",
  async () => {
    await openWorld({ transport: "bucket_watch" });
    await store.putObject({ bucket, key: "sales/日志@3.lbak", body: backup(LOG) });
    await world.run();
    const step = await world.step();
    const file = await world.ctx.db.backupFile.findUniqueOrThrow({ where: { id: step.fileId ?? "" } });
    expect(file.objectKey).toMatch(/^sales\/___3_[0-9a-f]{6}\.trn$/);
    expect(file.original).toMatchObject({ why: "renamed", identity: "sales/日志@3.lbak" });
    expect(await store.headObject({ bucket, key: "sales/日志@3.lbak" })).not.toBeNull();
    expect(await world.eventTypes()).toContain("file_renamed");
  },
  OPENING_MS,
);
