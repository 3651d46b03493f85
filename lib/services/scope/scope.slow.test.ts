import { beforeEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { OPENING_MS, only, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { CloudAccountSettings, SqlServerSettings } from "@/lib/contracts/connection";
import { HistoryFilter } from "@/lib/contracts/history";
import type { Scope } from "@/lib/contracts/scope";
import type { RdsAccount } from "@/lib/rds/rds-account";
import { listInstances } from "../catalog/list-instances";
import { listConnections } from "../connection/list-connections";
import { createDraft } from "../draft/create-draft";
import { findMigrations } from "../history/find-migrations";
import { findTasks } from "../history/find-tasks";
import { listMigrations } from "../migration/list-migrations";
import { changePerson } from "../people/change-person";
import { listPeople } from "../people/list-people";
import { requireInScope } from "./require-scope";

const SERVER = SqlServerSettings.parse({
  ...{ host: "db", port: null, instanceName: null, user: "u", encrypt: "on", trustServerCertificate: false },
  certificateAuthority: null,
});
const ACCOUNT = CloudAccountSettings.parse({
  ...{ regionId: "cn-hangzhou", accessKeyId: "a", rdsEndpoint: null, ramEndpoint: null, ossEndpoint: null },
  certificateAuthority: null,
});

let world: TestCtx;

beforeEach(async () => {
  world = await openTestCtx();
  const { db } = world.ctx;
  const secretSealed = "";
  for (const id of ["source-a", "source-b"]) {
    await db.connection.create({
      data: { id, kind: "sql_server", name: id, config: SERVER, secretSealed },
    });
  }
  for (const id of ["cloud-a", "cloud-b"]) {
    await db.connection.create({
      data: { id, kind: "cloud_account", name: id, config: ACCOUNT, secretSealed },
    });
  }
  return () => world.close();
}, OPENING_MS);

const limitedTo = (scope: Partial<Scope>, role: "operator" | "administrator" = "operator"): Ctx => ({
  ...world.ctx,
  actor: {
    ...{ kind: "person", id: "ann", name: "ann", role },
    scope: { connections: [], instances: [], databases: [], ...scope },
  },
});
const migration = (id: string, row: object) =>
  world.ctx.db.migration.create({
    data: {
      ...{ id, name: id, status: "running", phase: "rounds", draft: {}, createdBy: "bob" },
      ...{ sourceConnectionId: "source-a", cloudConnectionId: "cloud-a", instanceId: "rm-a" },
      ...{ sourceDatabase: "Sales", targetDatabase: id },
      ...row,
    },
  });
const task = (rdsTaskId: string, row: object) =>
  world.ctx.db.importTask.create({
    data: {
      ...{ rdsTaskId, connectionId: "cloud-a", instanceId: "rm-a", databaseName: "Sales" },
      ...{ status: "waiting", providerStatus: "", description: "", method: "full" },
      ...{ firstSeenAt: world.clock.at, lastSeenAt: world.clock.at },
      ...row,
    },
  });
const seen = async (ctx: Ctx) => {
  const [list, history] = await Promise.all([
    listMigrations({ ctx, input: {} }),
    findMigrations({ ctx, input: HistoryFilter.parse({}) }),
  ]);
  const ids = [...list.migrations, ...list.unreadable].map(({ id }) => id).sort();
  expect(history.rows.map(({ id }) => id).sort()).toEqual(ids);
  return ids;
};
const failing = (reason: string) => ({ fields: expect.objectContaining({ reason }) });

test("each list limits migrations by itself; without lists, and to an administrator, all are there", async () => {
  await migration("m-sales", {});
  await migration("m-hr", { sourceDatabase: "Payroll" });
  await migration("m-b", {
    sourceConnectionId: "source-b",
    cloudConnectionId: "cloud-b",
    instanceId: "rm-b",
  });
  const all = ["m-b", "m-hr", "m-sales"];
  expect(await seen(limitedTo({}))).toEqual(all);
  expect(await seen(limitedTo({ databases: ["Sales"] }, "administrator"))).toEqual(all);
  expect(await seen(limitedTo({ databases: ["Sales"] }))).toEqual(["m-b", "m-sales"]);
  expect(await seen(limitedTo({ instances: ["rm-a"] }))).toEqual(["m-hr", "m-sales"]);
  expect(await seen(limitedTo({ connections: ["source-b", "cloud-b"] }))).toEqual(["m-b"]);
  // Both ends have to be theirs.
  expect(await seen(limitedTo({ connections: ["source-b", "cloud-a"] }))).toEqual([]);
  expect(await seen(limitedTo({ connections: ["source-a", "cloud-a"], databases: ["Payroll"] }))).toEqual([
    "m-hr",
  ]);
});

test("a draft that has chosen nothing yet is seen by who made it only", async () => {
  const ctx = limitedTo({ databases: ["Sales"] });
  const { id } = await createDraft({ ctx, input: {} });
  await createDraft({ ctx: world.ctx, input: {} });
  expect(await seen(ctx)).toEqual([id]);
  await requireInScope(ctx, { migrationId: id });
});

test("what is not theirs is told as if it were not there, what they may not choose as such", async () => {
  await migration("m-sales", {});
  await migration("m-hr", { sourceDatabase: "Payroll" });
  await task("1", {});
  await task("2", { databaseName: "Payroll" });
  const ctx = limitedTo({ connections: ["cloud-a"], instances: ["rm-a"], databases: ["Sales"] });
  const refused = (to: Parameters<typeof requireInScope>[1]) => expect(requireInScope(ctx, to)).rejects;
  await refused({ migrationId: "m-hr" }).toMatchObject(failing("migration_not_found"));
  await refused({ migrationId: "nowhere" }).toMatchObject(failing("migration_not_found"));
  await refused({ connectionId: "cloud-b" }).toMatchObject(failing("connection_not_found"));
  await refused({ connectionId: "cloud-a", instanceId: "rm-b" }).toMatchObject(failing("instance_not_found"));
  await refused({ connectionId: "cloud-a", wholeBucket: true }).toMatchObject(failing("out_of_scope"));
  const at = { connectionId: "cloud-a", instanceId: "rm-a" };
  await refused({ ...at, taskId: "2" }).toMatchObject(failing("task_not_found"));
  await requireInScope(ctx, { ...at, taskId: "1" });
  const draft = {
    ...{ sourceConnectionId: null, cloudConnectionId: "cloud-a", instanceId: "rm-a" },
    sourceDatabase: "Sales",
  };
  await requireInScope(ctx, { draft });
  await refused({ draft: { ...draft, sourceConnectionId: "source-a" } }).toMatchObject(
    failing("out_of_scope"),
  );
  await refused({ draft: { ...draft, sourceDatabase: "sales" } }).toMatchObject(failing("out_of_scope"));
  await requireInScope(world.ctx, { migrationId: "nowhere" });
});

test("connections, instances and tasks on record are those of the limits", async () => {
  await task("1", {});
  await task("2", { databaseName: "Payroll" });
  await task("3", { connectionId: "cloud-b", instanceId: "rm-b" });
  const ctx = limitedTo({ connections: ["cloud-a"], instances: ["rm-a"], databases: ["Sales"] });
  world.clients.rds = async () =>
    only<RdsAccount>({
      listInstances: async () =>
        ["rm-a", "rm-b"].map((instanceId) => ({
          ...{
            instanceId,
            description: "",
            status: "Running",
            engine: "SQLServer",
            engineVersion: "2022_web",
            category: "Basic",
          },
          ...{ regionId: "cn-hangzhou", lockMode: "Unlock" },
        })),
    });
  const { connections } = await listConnections({ ctx, input: {} });
  expect(connections.map(({ id }) => id)).toEqual(["cloud-a"]);
  const { instances } = await listInstances({ ctx, input: { connectionId: "cloud-a" } });
  expect(instances.map(({ instanceId }) => instanceId)).toEqual(["rm-a"]);
  const { rows } = await findTasks({ ctx, input: HistoryFilter.parse({}) });
  expect(rows.map(({ rdsTaskId }) => rdsTaskId)).toEqual(["1"]);
});

test("an administrator sets limits: it is in the audit, ends sessions, and a change of role keeps them", async () => {
  const { db } = world.ctx;
  await db.person.create({ data: { id: "ann", name: "ann", nameKey: "ann", role: "operator" } });
  await db.session.create({
    data: {
      ...{ id: "s", tokenHash: "h", personId: "ann", byLink: true, address: "", userAgent: "" },
      ...{ createdAt: world.clock.at, seenAt: world.clock.at, provedAt: world.clock.at },
    },
  });
  const scope = { connections: [], instances: [], databases: ["Sales"] };
  const change = { personId: "ann", role: "operator" as const, disabled: false };
  await changePerson({ ctx: world.ctx, input: { ...change, scope } });
  expect(await db.session.count()).toBe(0);
  expect((await db.auditEntry.findFirstOrThrow({ orderBy: { seq: "desc" } })).detail).toMatchObject({
    scopeBefore: "null",
    scope: JSON.stringify(scope),
  });
  await changePerson({ ctx: world.ctx, input: { ...change, role: "viewer" } });
  expect((await listPeople({ ctx: world.ctx })).people).toMatchObject([{ role: "viewer", scope }]);
  await changePerson({ ctx: world.ctx, input: { ...change, scope: { ...scope, databases: [] } } });
  expect((await listPeople({ ctx: world.ctx })).people).toMatchObject([{ role: "operator", scope: null }]);
});
