import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { OPENING_MS, only, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import type { SaveConnectionInput } from "@/lib/contracts/connection-input";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { RdsAccount } from "@/lib/rds/rds-account";
import { createConnection } from "./create-connection";
import { unpackCloudSecret } from "./pack-secret";
import { testUnsavedConnection } from "./test-unsaved-connection";
import { updateConnection } from "./update-connection";

const SECRET = "Planted-p4ss%word";
const TOKEN = "Planted-t0ken/with+signs==";
const CLOUD: SaveConnectionInput & { kind: "cloud_account" } = {
  kind: "cloud_account",
  name: "Main account",
  settings: {
    regionId: "cn-hangzhou",
    accessKeyId: "LTAI-1",
    rdsEndpoint: null,
    ramEndpoint: null,
    ossEndpoint: null,
  },
  secret: SECRET,
};

let world: TestCtx;
beforeAll(async () => {
  world = await openTestCtx();
}, OPENING_MS);
afterAll(() => world.close());
beforeEach(async () => {
  await world.ctx.db.connection.deleteMany();
});

function expired(): ExternalError {
  return new ExternalError({
    system: "rds",
    kind: "auth",
    providerCode: "InvalidSecurityToken.Expired",
    providerMessage: `${SECRET} ${TOKEN}`,
    providerRequestId: "R-1",
    mayHaveHappened: false,
  });
}

describe("an STS token", () => {
  const STS = {
    ...CLOUD,
    settings: { ...CLOUD.settings, credential: "sts" as const, expiresAt: "2026-05-04T11:00:00Z" },
    securityToken: TOKEN,
  };

  test("is sealed with its secret, and comes back to nobody", async () => {
    const view = await createConnection({ ctx: world.ctx, input: STS });
    const row = await world.ctx.db.connection.findUniqueOrThrow({ where: { id: view.id } });
    expect(JSON.stringify([view, row])).not.toContain(TOKEN);
    expect(
      unpackCloudSecret(STS.settings, world.ctx.sealer.unseal(row.secretSealed, `Connection/${row.id}`)),
    ).toEqual({
      accessKeyId: "LTAI-1",
      accessKeySecret: SECRET,
      securityToken: TOKEN,
    });
  });

  test("is needed beside its secret, and kept with it", async () => {
    const { securityToken: _left, ...without } = STS;
    await expect(createConnection({ ctx: world.ctx, input: without })).rejects.toThrow();
    const { id } = await createConnection({ ctx: world.ctx, input: STS });
    const save = { ...without, name: "renamed", secret: "" };
    await updateConnection({ ctx: world.ctx, input: { connectionId: id, save } });
    const row = await world.ctx.db.connection.findUniqueOrThrow({ where: { id } });
    expect(
      unpackCloudSecret(STS.settings, world.ctx.sealer.unseal(row.secretSealed, `Connection/${row.id}`)),
    ).toMatchObject({
      securityToken: TOKEN,
    });
    await expect(
      updateConnection({ ctx: world.ctx, input: { connectionId: id, save: { ...save, secret: "new" } } }),
    ).rejects.toThrow();
  });

  test("another kind of credential needs its secret", async () => {
    const { id } = await createConnection({ ctx: world.ctx, input: STS });
    await expect(
      updateConnection({ ctx: world.ctx, input: { connectionId: id, save: { ...CLOUD, secret: "" } } }),
    ).rejects.toMatchObject({ fields: { reason: "secret_needed_for_new_target" } });
  });

  test("its end is told, and what failed names neither secret", async () => {
    world.clients.openRds = async () =>
      only<RdsAccount>({
        listInstances: () => Promise.reject(expired()),
        checkImportRole: async () => ({ state: "unknown", detail: "" }),
      });
    world.clients.openObjects = async () => only<ObjectStore>({ listBuckets: async () => [] });
    const result = await testUnsavedConnection({ ctx: world.ctx, input: STS });
    expect(result).toMatchObject({ ok: false, failure: { reason: "rds_token_expired" } });
    expect(result.facts).toContainEqual({ key: "token_expires", value: "2026-05-04T11:00:00Z", ok: false });
    expect(JSON.stringify(result)).not.toMatch(/Planted/);
  });
});

test("the machine's own credentials leave nothing to seal", async () => {
  const settings = { ...CLOUD.settings, credential: "default_chain" as const, accessKeyId: "" };
  const { id } = await createConnection({ ctx: world.ctx, input: { ...CLOUD, settings, secret: "" } });
  const row = await world.ctx.db.connection.findUniqueOrThrow({ where: { id } });
  expect(
    unpackCloudSecret(settings, world.ctx.sealer.unseal(row.secretSealed, `Connection/${row.id}`)),
  ).toBeNull();
  const save = { ...CLOUD, settings, secret: "" };
  await updateConnection({ ctx: world.ctx, input: { connectionId: id, save } });
});
