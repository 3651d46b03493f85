import { afterEach, expect, test } from "vitest";
import { toHeaderJson } from "@/lib/backup/header-json";
import { log } from "@/lib/chain/chain-sets-fixture";
import { only } from "@/lib/context/open-test-ctx";
import { failure } from "@/lib/oss/memory-upload-store-fixture";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { RdsAccount } from "@/lib/rds/rds-account";
import { rdsFile, rdsTask } from "../rds-answers-fixture";
import { openStepWorld, type StepWorld } from "../step-world-fixture";

let world: StepWorld;
afterEach(() => world.close());

test.each([
  ["another tag", { etag: "B", sizeBytes: 10 }],
  ["another size", { etag: "A", sizeBytes: 11 }],
])(
  "an object with %s than the one whose header was read is not handed over; back again it is",
  async (_name, now) => {
    world = await openStepWorld(
      { kind: "import", nature: "once" },
      { file: { state: "inspected", etag: "A", sizeBytes: 10n } },
    );
    let object = now;
    const asked: string[] = [];
    const store = only<ObjectStore>({
      headObject: async ({ key }) => ({
        ...object,
        key,
        lastModifiedAt: "2026-05-04T10:00:00Z",
        storageClass: "Standard",
        crc64: null,
      }),
    });
    const account = only<RdsAccount>({
      createImport: async ({ object: { key } }) => {
        asked.push(key);
        return { taskId: "7", requestId: "R" };
      },
    });
    world.clients.objects = async () => store;
    world.clients.rds = async () => account;
    await world.run();
    expect(asked).toEqual([]);
    expect(await world.step()).toMatchObject({
      status: "failed",
      error: {
        reason: "object_replaced",
        params: { was: "A", is: now.etag, wasBytes: 10, isBytes: now.sizeBytes },
      },
    });
    expect(await world.ctx.db.backupFile.findMany()).toMatchObject([{ state: "failed" }]);

    object = { etag: "A", sizeBytes: 10 };
    await world.ctx.db.migrationStep.updateMany({ data: { status: "queued" } });
    await world.run();
    expect(asked).toEqual(["sales/full.bak"]);
    expect(await world.ctx.db.backupFile.findMany()).toMatchObject([{ state: "importing" }]);
  },
);

test.each([
  ["the same", { etag: "A", sizeBytes: 10 }, "succeeded", "imported"],
  ["another", { etag: "B", sizeBytes: 10 }, "failed", "failed"],
  ["gone since", null, "succeeded", "imported"],
  ["not to be asked for", "down", "succeeded", "imported"],
] as const)("after the restore the object is %s", async (_name, now, status, state) => {
  const set = log("L", 140, 240).set;
  world = await openStepWorld(
    { kind: "await_import", nature: "repeatable" },
    {
      migration: { rdsTaskId: "7", targetLsn: "150" },
      file: {
        state: "importing",
        type: "log",
        etag: "A",
        sizeBytes: 10n,
        header: JSON.parse(JSON.stringify(toHeaderJson(set))),
      },
    },
  );
  world.clients.objects = async () =>
    only<ObjectStore>({
      headObject: async ({ key }) => {
        if (now === "down") throw failure("unavailable", "ServiceUnavailable");
        return now && { ...now, key, lastModifiedAt: "", storageClass: "Standard", crc64: null };
      },
    });
  world.clients.rds = async () =>
    only<RdsAccount>({
      findTask: async () => rdsTask({ status: "waiting_for_backup", providerStatus: "Waiting" }),
      listFiles: async () => [rdsFile({ status: "restored", providerStatus: "Restored" })],
    });
  await world.run();
  expect((await world.step()).status).toBe(status);
  expect(await world.ctx.db.backupFile.findMany()).toMatchObject([{ state }]);
  if (status === "failed") {
    const params = { was: "A", is: "B", wasBytes: 10, isBytes: 10 };
    expect(await world.step()).toMatchObject({ error: { reason: "object_replaced_in_restore", params } });
    // What the target holds is not told by a header that it may not have read.
    expect((await world.ctx.db.migration.findUniqueOrThrow({ where: { id: "m" } })).targetLsn).toBe("150");
  }
});
