import { afterEach, expect, test } from "vitest";
import { only } from "@/lib/context/open-test-ctx";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { RdsAccount } from "@/lib/rds/rds-account";
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
