import { beforeEach, expect, test } from "vitest";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { SharedView } from "@/lib/contracts/share";
import { NOBODY } from "../people/find-session";
import { readShared } from "./read-shared";
import { listShareLinks, makeShareLink, revokeShareLink } from "./share-links";

let world: TestCtx;
const HIDDEN = "planted";

/** Everything of a migration that is none of a visitor's business holds the word. */
async function addMigration(
  id: string,
  more: { startedAt?: Date | null; status?: string } = {},
): Promise<void> {
  const { db } = world.ctx;
  const connection = (kind: string) => ({
    create: {
      id: `${id}-${kind}`,
      kind,
      name: `${HIDDEN} ${kind}`,
      config: { user: HIDDEN },
      secretSealed: HIDDEN,
    },
  });
  await db.migration.create({
    data: {
      ...{
        id,
        name: `move ${id}`,
        status: "running",
        phase: "rounds",
        method: "access_pending",
        backupBy: "app",
      },
      ...{ draft: { ...EMPTY_DRAFT, prefix: HIDDEN }, createdBy: HIDDEN, ticket: HIDDEN, rdsTaskId: HIDDEN },
      ...{ bucket: HIDDEN, prefix: HIDDEN, sourceFolder: `D:\\${HIDDEN}`, localFolder: `/${HIDDEN}` },
      ...{ sourceDatabase: id, instanceId: "rm-1", targetDatabase: id, startedAt: world.clock.at, ...more },
      source: connection("sql_server"),
      cloud: connection("cloud_account"),
      files: {
        create: {
          ...{
            id: `${id}-f`,
            name: `${HIDDEN}.bak`,
            objectKey: HIDDEN,
            localPath: HIDDEN,
            sourcePath: HIDDEN,
          },
          ...{ state: "imported", type: "full", createdAt: world.clock.at },
        },
      },
      alarms: {
        create: {
          ...{
            id: `${id}-a`,
            kind: "foreign_log",
            fingerprint: HIDDEN,
            evidence: { login: HIDDEN, path: HIDDEN },
          },
          ...{ raisedAt: world.clock.at, lastSeenAt: world.clock.at },
        },
      },
      steps: {
        create: {
          ...{ id: `${id}-s`, key: "s", kind: "backup", nature: "once", status: "failed", ordinal: 1 },
          ...{
            input: { folder: HIDDEN },
            error: {
              reason: "internal",
              params: { path: HIDDEN },
              provider: { system: "sql_server", code: "1", message: HIDDEN, requestId: HIDDEN },
            },
          },
        },
      },
    },
  });
}

beforeEach(async () => {
  world = await openTestCtx();
  await addMigration("Sales");
  await addMigration("Other");
  await addMigration("Done", { status: "cancelled" });
  await addMigration("Draft", { status: "draft", startedAt: null });
  return () => world.close();
}, OPENING_MS);

const visit = (token: string) => readShared({ ctx: { ...world.ctx, actor: NOBODY }, input: { token } });
const make = (migrationId: string | null, ctx = world.ctx) =>
  makeShareLink({ ctx, input: { migrationId, span: "1d" } });
const NOT_VALID = { fields: { code: "not_found", reason: "share_not_valid" } };
const noted = async () =>
  (await world.ctx.db.auditEntry.findMany()).map(({ action, subject }) => [action, subject]);

test("a link shows one migration, as the page reads it, and of it no path, login, script or message", async () => {
  const { token, expiresAt } = await make("Sales", world.as("operator"));
  expect(expiresAt).toBe("2026-05-05T10:00:00.000Z");
  const view = await visit(token);
  expect(SharedView.parse(view)).toEqual(view);
  expect(view).toMatchObject({
    of: "migration",
    expiresAt,
    migrations: [
      {
        id: "Sales",
        source: { database: "Sales" },
        target: { instanceId: "rm-1" },
        alarms: [{ kind: "foreign_log" }],
      },
    ],
  });
  expect(JSON.stringify(view)).not.toContain(HIDDEN);
  const kept = await world.ctx.db.shareLink.findFirstOrThrow();
  expect(JSON.stringify(kept)).not.toContain(token);
  expect(kept.seenAt).toEqual(world.clock.at);
});

test("that of the wall shows all that run, and nothing else", async () => {
  const { token } = await make(null);
  const { of, migrations } = await visit(token);
  expect(of).toBe("wall");
  expect(migrations.map(({ id }) => id).sort()).toEqual(["Other", "Sales"]);
  expect(JSON.stringify(migrations)).not.toContain(HIDDEN);
});

test("expired, ended or never made: the same answer", async () => {
  const { token } = await make("Sales");
  const ended = await make("Other", world.as("operator"));
  const { links } = await listShareLinks({ ctx: world.as("operator") });
  expect(links).toMatchObject([{ migration: { name: "move Other" }, createdBy: "operator", seenAt: null }]);
  await revokeShareLink({ ctx: world.as("operator"), input: { linkId: links[0]?.id ?? "" } });
  await expect(visit(ended.token)).rejects.toMatchObject(NOT_VALID);
  await expect(visit(`${token}x`)).rejects.toMatchObject(NOT_VALID);
  world.clock.at = new Date("2026-05-05T10:00:00.000Z");
  await expect(visit(token)).rejects.toMatchObject(NOT_VALID);
  expect((await listShareLinks({ ctx: world.ctx })).links).toEqual([]);
  await make("Sales");
  // What has expired goes when the next is made.
  expect(await world.ctx.db.shareLink.count()).toBe(1);
  expect(await noted()).toEqual([
    ["share.make", "Sales"],
    ["share.make", "Other"],
    ["share.revoke", "Other"],
    ["share.make", "Sales"],
  ]);
});

test.each([
  ["is shut out", { disabledAt: new Date("2026-05-04T10:00:00.000Z") }],
  ["may only look now", { role: "viewer" }],
  ["is limited now", { scope: { connections: [], instances: [], databases: ["Sales"] } }],
])("a link ends when whoever made it %s", async (_name, change) => {
  const { db } = world.ctx;
  await db.person.create({ data: { id: "operator", name: "Ann", role: "operator" } });
  const { token } = await make("Sales", world.as("operator"));
  expect(await visit(token)).toMatchObject({ of: "migration" });
  await db.person.update({ where: { id: "operator" }, data: change });
  await expect(visit(token)).rejects.toMatchObject(NOT_VALID);
});

test("who may make which, and end whose", async () => {
  const refused = (reason: string) => ({ fields: { reason } });
  await expect(make("Sales", world.as("viewer"))).rejects.toMatchObject(refused("role_required"));
  await expect(make(null, world.as("operator"))).rejects.toMatchObject(refused("role_required"));
  await expect(make("Draft")).rejects.toMatchObject(refused("migration_not_started"));
  await expect(make("None")).rejects.toMatchObject(refused("migration_not_found"));
  await make(null);
  const [link] = (await listShareLinks({ ctx: world.ctx })).links;
  const input = { linkId: link?.id ?? "" };
  await expect(revokeShareLink({ ctx: world.as("operator"), input })).rejects.toMatchObject(NOT_VALID);
  expect((await listShareLinks({ ctx: world.as("operator") })).links).toEqual([]);
  await expect(listShareLinks({ ctx: world.as("viewer") })).rejects.toMatchObject(refused("role_required"));
});
