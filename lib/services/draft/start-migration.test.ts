import { afterAll, beforeAll, expect, test } from "vitest";
import { OPENING_MS, only, openTestCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { MigrationView } from "@/lib/contracts/migration";
import type { ObjectStore } from "@/lib/oss/object-store";
import { createDraft } from "./create-draft";
import { startMigration } from "./start-migration";

let world: TestCtx;
beforeAll(async () => {
  world = await openTestCtx();
  await world.ctx.db.connection.create({
    data: {
      id: "cloud",
      kind: "cloud_account",
      name: "cloud",
      sandbox: true,
      secretSealed: "",
      config: {
        regionId: "cn-hangzhou",
        accessKeyId: "a",
        rdsEndpoint: null,
        ramEndpoint: null,
        ossEndpoint: null,
      },
    },
  });
  world.clients.objects = async () =>
    only<ObjectStore>({
      bucketInfo: async (name) => ({
        name,
        regionId: "cn-hangzhou",
        storageClass: "Standard",
        acl: "private",
        encryption: "None",
        ownerId: "1",
        versioning: null,
        extranetEndpoint: "oss-cn-hangzhou.aliyuncs.com",
        intranetEndpoint: "oss-cn-hangzhou-internal.aliyuncs.com",
      }),
    });
}, OPENING_MS);
afterAll(() => world.close());

test.each([
  [" CHG-1 ", "CHG-1"],
  ["", null],
])("what was chosen in the guide is what the page shows: ticket %j as %j", async (typed, shown) => {
  const prefix = typed === "" ? "shop/" : "shop2/";
  const draft = {
    ...EMPTY_DRAFT,
    backupBy: "others" as const,
    transport: "bucket_watch" as const,
    cloudConnectionId: "cloud",
    bucket: "staging",
    prefix,
    instanceId: "rm-1",
    targetDatabase: prefix.replace("/", ""),
    checkMode: "sync" as const,
    ticket: typed,
  };
  const { id } = await createDraft({ ctx: world.ctx, input: { draft } });
  const view = await startMigration({ ctx: world.ctx, input: { migrationId: id } });
  expect(MigrationView.parse(view)).toMatchObject({
    status: "running",
    transport: "bucket_watch",
    backupBy: "others",
    bucket: "staging",
    prefix,
    checkMode: "sync",
    ticket: shown,
  });
});
