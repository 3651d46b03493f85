import { afterEach, beforeEach, expect, test } from "vitest";
import type { TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { readMigrationScripts } from "@/lib/store/migration-folder";
import { noteUnknownMessage } from "@/lib/store/note-unknown-message";
import { openTestStore } from "@/lib/store/open-test-store";
import { findProjectRoot } from "@/lib/store/project-root";
import { recordTask } from "@/lib/store/record-task";
import { listUnknownMessages, unknownMessagesCsv } from "./list-unknown-messages";
import { noteUnknownProblem } from "./note-unknown-problem";
import { fileOf, taskOf } from "./open-test-records";

let world: TestCtx;
beforeEach(async () => {
  world = await openTestCtx();
});
afterEach(() => world.close());

const at = (day: number) => new Date(Date.UTC(2026, 4, day));
const said = { system: "rds", code: "Failed", requestId: null, place: "rm-1 1" };

test("keeps what nothing is known of, once, and nothing else", async () => {
  const { ctx } = world;
  const say = (text: string, day: number, requestId: string | null = null) =>
    noteUnknownMessage(ctx.db, { ...said, text, requestId, at: at(day) });
  await say("=Something new (request id: 7D2F8F2A-0000-4C3D-8F2A-0123456789AB)", 3, "R-1");
  await say("=Something  new (request id: 11111111-0000-4C3D-8F2A-0123456789AB)", 1, "R-2");
  await say("Another new thing", 2);
  await say("DBCC checkdb failed", 4);
  await say("   ", 4);
  const messages = await listUnknownMessages({ ctx: world.as("viewer") });
  expect(messages).toMatchObject([
    { requestId: "R-2", firstSeenAt: at(1), lastSeenAt: at(3), count: 2 },
    { text: "Another new thing", place: "rm-1 1", count: 1 },
  ]);
  expect(unknownMessagesCsv(messages)).toContain(`"'=Something  new`);
});

test("a code that is known explains words that are not", async () => {
  await noteUnknownMessage(world.ctx.db, { ...said, code: "BackupJobExists", text: "?!", at: at(1) });
  expect(await listUnknownMessages({ ctx: world.ctx })).toEqual([]);
});

test("a failed task says it once, however often RDS is asked", async () => {
  const { ctx } = world;
  const task = taskOf({ status: "failed", description: "Something new" });
  const record = () =>
    recordTask(ctx.db, {
      at: ctx.now(),
      connectionId: "c",
      instanceId: "rm-1",
      migrationId: null,
      task,
      files: null,
    });
  await record();
  await record();
  expect(await listUnknownMessages({ ctx })).toMatchObject([
    { text: "Something new", place: "rm-1 106121", count: 1 },
  ]);
});

test("a state that nobody knows is kept with its field, once for each time that it begins", async () => {
  const { ctx } = world;
  const record = (providerStatus: string, fileStatus: string) =>
    recordTask(ctx.db, {
      at: ctx.now(),
      connectionId: "c",
      instanceId: "rm-1",
      migrationId: null,
      task: taskOf({ status: providerStatus === "Suspended" ? "other" : "running", providerStatus }),
      files: [
        { ...fileOf("a.bak", fileStatus === "Thawing" ? "other" : "restoring"), providerStatus: fileStatus },
      ],
    });
  await record("Suspended", "Restoring");
  await record("Suspended", "Thawing");
  await record("Running", "Thawing");
  await record("Suspended", "Restoring");
  const messages = await listUnknownMessages({ ctx });
  expect(messages.map(({ text, system, count, place }) => [text, system, count, place])).toEqual(
    expect.arrayContaining([
      ["DescribeMigrateTasks.Status = Suspended", "rds", 2, "rm-1 106121"],
      ["DescribeOssDownloads.Status = Thawing", "rds", 1, "rm-1 106121"],
    ]),
  );
  expect(messages).toHaveLength(2);
});

test("what a route answered is kept with the call", async () => {
  const provider = { system: "oss", code: "NewCode", message: "New words", requestId: "R-9" };
  await noteUnknownProblem({ ctx: world.as("viewer"), input: { provider, place: "GET /api/x" } });
  await noteUnknownProblem({ ctx: world.as("viewer"), input: { provider: null, place: "GET /api/x" } });
  expect(await listUnknownMessages({ ctx: world.ctx })).toMatchObject([
    { system: "oss", code: "NewCode", requestId: "R-9", place: "GET /api/x" },
  ]);
});

test("what earlier versions recorded is carried over, and told once with what is said now", async () => {
  const scripts = await readMigrationScripts(findProjectRoot());
  const script = scripts.find(({ name }) => name.endsWith("_unknown_messages"))?.sql ?? "";
  const store = await openTestStore();
  await store.executeSql(`
    INSERT INTO "ImportTask" ("connectionId", "instanceId", "rdsTaskId", "databaseName", "method", "status",
      "providerStatus", "description", "rdsEndedAt", "lastSeenAt") VALUES
      ('c', 'rm-1', '1', 'shop', 'immediate', 'failed', 'Failed', 'Something  NEW', '2026-05-01', now()),
      ('c', 'rm-1', '2', 'shop', 'immediate', 'failed', 'Failed', 'something new', '2026-05-02', now()),
      ('c', 'rm-1', '3', 'shop', 'immediate', 'succeeded', 'Success', 'Something fine', '2026-05-02', now()),
      ('c', 'rm-1', '4', 'shop', 'immediate', 'failed', 'Failed', '', '2026-05-02', now());
    INSERT INTO "Migration" ("id", "name", "status", "phase", "draft", "createdBy", "updatedAt") VALUES
      ('m', 'm', 'failed', 'rounds', '{}', 'p', now());
    INSERT INTO "MigrationStep" ("id", "migrationId", "key", "kind", "nature", "status", "ordinal", "input", "error",
      "startedAt") VALUES ('s', 'm', 'upload:1', 'upload', 'resumable', 'failed', 1, '{}',
        '{"system":"oss","providerCode":null,"providerMessage":"New words","providerRequestId":"R-7"}', '2026-05-03');
  `);
  await store.executeSql(script.slice(script.indexOf("INSERT")));
  await noteUnknownMessage(store.db, { ...said, text: "something new", at: at(4) });
  const rows = await store.db.unknownMessage.findMany({ orderBy: { lastSeenAt: "desc" } });
  await store.close();
  expect(rows).toMatchObject([
    { text: "something new", count: 3, firstSeenAt: at(1), lastSeenAt: at(4) },
    { text: "New words", system: "oss", requestId: "R-7", place: "m", count: 1, firstSeenAt: at(3) },
  ]);
}, 60_000);
