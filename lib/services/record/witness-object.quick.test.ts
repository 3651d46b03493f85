import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { toHeaderJson } from "@/lib/backup/header-json";
import { log } from "@/lib/chain/chain-sets-fixture";
import { OPENING_MS, openQuickCtx } from "@/lib/context/open-test-ctx";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { addMigration, openTestRecords, resetTestRecords, type TestRecords } from "./open-test-records";
import { uploadIncremental } from "./upload-incremental";

let r: TestRecords;
beforeAll(async () => {
  r = await openTestRecords(openQuickCtx);
}, OPENING_MS);
afterAll(() => r.world.close());
beforeEach(() => resetTestRecords(r));

const upload = { connectionId: "cloud", instanceId: "rm-1", bucket: "staging", key: "shop/log1.trn" };
const send = (change: { unread?: boolean } = {}) =>
  uploadIncremental({
    ctx: r.world.as("operator"),
    input: { taskId: "106121", upload: { ...upload, ...change } },
  });
const refusal = (reason: string) => ({ fields: { reason } });

describe("Upload Incremental Files, of what cannot be read here", () => {
  const sealed = (sets = 1) =>
    Buffer.concat([
      ...backupBytes({
        compressed: true,
        encrypted: true,
        sets: Array.from({ length: sets }, () => ({
          type: "log" as const,
          databaseName: "Shop",
          firstLsn: 100n,
          lastLsn: 200n,
          checkpointLsn: 100n,
          payloadBytes: 20_000,
        })),
      }),
    ]);
  const held = { targetLsn: "100", targetBaseGuid: null, targetBaseLsn: null, targetForkGuid: null };
  beforeEach(() => r.objects.set(upload.key, sealed()));

  test("asks a person, and hands it over on their word", async () => {
    await expect(send()).rejects.toMatchObject({
      fields: { reason: "object_unread", params: { key: upload.key, seal: "encrypted" } },
    });
    expect(r.imports).toEqual([]);
    await send({ unread: true });
    expect(r.imports).toHaveLength(1);
  });

  test("asks nobody about a backup of ours: the migration's record knows it, and judges it", async () => {
    await addMigration(r, "cancelled", { ...held, bucket: "staging" });
    await addOwn(150n, 200n);
    await expect(send()).rejects.toMatchObject(refusal("object_does_not_continue_chain"));
    await r.world.ctx.db.backupFile.deleteMany();
    await addOwn(100n, 200n);
    await send();
    expect(r.imports).toHaveLength(1);
  });

  test("a file of the record that is another object by now tells nothing", async () => {
    await addMigration(r, "cancelled", { ...held, bucket: "staging" });
    await addOwn(100n, 200n);
    r.objects.set(upload.key, Buffer.concat([sealed(), Buffer.alloc(0)]).fill(7, 9_000, 9_100));
    await expect(send()).rejects.toMatchObject(refusal("object_unread"));
  });

  test("refuses what the sealed file itself shows, whatever a person says", async () => {
    r.objects.set(upload.key, sealed(2));
    await expect(send({ unread: true })).rejects.toMatchObject(refusal("object_several_sets"));
    r.objects.set(upload.key, sealed().subarray(0, -4096));
    await expect(send({ unread: true })).rejects.toMatchObject(refusal("object_incomplete"));
  });

  async function addOwn(firstLsn: bigint, lastLsn: bigint): Promise<void> {
    const body = r.objects.get(upload.key) ?? Buffer.alloc(0);
    const set = log("L", Number(firstLsn), Number(lastLsn)).set;
    await r.world.ctx.db.backupFile.create({
      data: {
        id: "own",
        migrationId: "m1",
        name: "log1.trn",
        objectKey: upload.key,
        state: "failed",
        sizeBytes: BigInt(body.length),
        etag: createHash("md5").update(body).digest("hex"),
        header: JSON.parse(JSON.stringify(toHeaderJson({ ...set, databaseName: "Shop", firstLsn, lastLsn }))),
        witness: { by: "history", who: null },
      },
    });
  }
});
