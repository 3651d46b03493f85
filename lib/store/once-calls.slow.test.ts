import { afterAll, beforeAll, expect, test } from "vitest";
import { readMigrationScripts } from "@/lib/store/migration-folder";
import { openTestStore } from "@/lib/store/open-test-store";
import { findProjectRoot } from "@/lib/store/project-root";
import type { Store } from "@/lib/store/store";

const SCRIPT = "0004_once_calls";

/** What a store of an earlier version holds: each way in which a call was kept, settled and not. */
const OLD_ROWS = `
  INSERT INTO "Connection" ("id", "kind", "name", "config", "secretSealed", "updatedAt")
    VALUES ('cloud', 'cloud_account', 'cloud', '{}', '', now()), ('sql', 'sql_server', 'sql', '{}', '', now());
  INSERT INTO "Migration" ("id", "name", "status", "phase", "draft", "createdBy", "updatedAt", "method", "checkMode",
    "cloudConnectionId", "sourceConnectionId", "instanceId", "targetDatabase", "sourceDatabase", "bucket",
    "bucketEndpoint", "rdsTaskId")
    VALUES
      ('m', 'm', 'running', 'rounds', '{}', 'p', now(), 'access_pending', 'sync', 'cloud', 'sql', 'rm-1', 'Shop', 'shop',
        'b', 'oss.example', '7'),
      ('gone', 'gone', 'cancelled', 'full', '{}', 'p', now(), 'access_pending', 'async', 'cloud', 'sql', 'rm-1', 'shop',
        'shop', 'b', 'oss.example', NULL);
  INSERT INTO "BackupFile" ("id", "migrationId", "name", "objectKey", "state", "lastLsn")
    VALUES ('f', 'm', 'a.bak', 'p/a.bak', 'imported', '12'), ('g', 'gone', 'g.bak', 'p/g.bak', 'inspected', NULL);
  INSERT INTO "MigrationStep" ("id", "migrationId", "key", "kind", "nature", "status", "ordinal", "fileId", "input",
    "intent", "checkpoint", "result", "finishedAt")
    VALUES
      ('s1', 'm', 'import:0', 'import', 'once', 'succeeded', 1, 'f', '{}', '{"attemptId":"a1"}', NULL, '{}', now()),
      ('s2', 'm', 'import:1', 'import', 'once', 'retrying', 2, 'f', '{}', '{"attemptId":"a2"}',
        '{"lookingFor":"a2","lookingSince":1777888800000}', NULL, NULL),
      ('s3', 'm', 'backup:2', 'backup', 'once', 'succeeded', 3, 'f', '{"backup":"log","tail":true,"final":true}',
        '{"name":"chainferry s3","fileName":"t.trn","path":"/s/t.trn","localPath":"/l/t.trn","objectKey":"p/t.trn","at":"2026-05-04T09:00:00.000Z"}',
        NULL, '{}', '2026-05-04 09:01:00'),
      ('s4', 'm', 'backup:3', 'backup', 'once', 'running', 4, NULL, '{"backup":"log","tail":false,"final":false}',
        '{"name":"chainferry s4","fileName":"u.trn","path":"/s/u.trn","localPath":"/l/u.trn","objectKey":"p/u.trn","at":"2026-05-04T09:30:00.000Z"}',
        NULL, NULL, NULL),
      ('s5', 'm', 'open#5', 'open', 'once', 'succeeded', 5, NULL, '{}',
        '{"clientToken":"s5","at":"2026-05-04T09:40:00.000Z"}', NULL, '{"foundByLooking":true}', '2026-05-04 09:41:00'),
      ('s6', 'gone', 'import:0', 'import', 'once', 'cancelled', 1, 'g', '{}', '{"attemptId":"a3"}', NULL, NULL, now());
  INSERT INTO "ImportAttempt" ("id", "migrationId", "stepId", "fileId", "instanceId", "databaseName", "objectKey",
    "outcome", "settledBy", "rdsTaskId", "requestId", "providerCode", "intendedAt", "settledAt")
    VALUES
      ('a1', 'm', 's1', 'f', 'rm-1', 'Shop', 'p/a.bak', 'accepted', 'answer', '7', 'R-1', NULL, '2026-05-04 08:00:00',
        '2026-05-04 08:00:01'),
      ('a2', 'm', 's2', 'f', 'rm-1', 'Shop', 'p/a.bak', 'intended', NULL, NULL, NULL, NULL, '2026-05-04 09:00:00', NULL),
      ('a3', 'gone', 's6', 'g', 'rm-1', 'shop', 'p/g.bak', 'intended', NULL, NULL, NULL, NULL, '2026-05-01 09:00:00', NULL);
  INSERT INTO "ImportTask" ("connectionId", "instanceId", "rdsTaskId", "databaseName", "method", "status",
    "providerStatus", "description", "lastSeenAt")
    VALUES ('cloud', 'rm-2', '106121', 'Orders', 'access_pending', 'waiting_for_backup', 'Waiting', '', now());
  INSERT INTO "Setting" ("key", "value") VALUES
    ('import-intent:cloud:rm-2:106121:staging:shop%2Flog1.trn',
      '{"outcome":"accepted","intendedAt":"2026-05-04T07:00:00.000Z","actor":"Ann","requestId":"R-9","key":"shop/log1.trn","lastLsn":"200"}'),
    ('import-intent:cloud:rm-2:106121:staging:shop%2Flog2.trn',
      '{"outcome":"intended","intendedAt":"2026-05-04T07:30:00.000Z","actor":"Ann","requestId":null,"key":"shop/log2.trn","lastLsn":null}'),
    ('other', '1');
`;

let store: Store;

/** The tables of each version in turn, in a schema of their own beside today's. */
beforeAll(async () => {
  store = await openTestStore();
  await store.executeSql("CREATE SCHEMA earlier; SET search_path TO earlier;");
  for (const { name, sql } of await readMigrationScripts(findProjectRoot())) {
    if (name === SCRIPT) await store.executeSql(OLD_ROWS);
    await store.executeSql(sql);
  }
}, 60_000);
afterAll(async () => {
  await store.executeSql("DROP SCHEMA earlier CASCADE; RESET search_path;");
  await store.close();
});

const rows = async (sql: string) => (await store.executeSql(sql)).rows;

test("every call of earlier versions is a row, settled as it was", async () => {
  const calls = await rows(`
    SELECT "id", "kind", "subject", "item", "migrationId", "stepId", "outcome", "settledBy", "reference", "requestId",
      "actor" FROM "OnceCall" ORDER BY "intendedAt", "id"`);
  const call = (row: object) => expect.objectContaining(row);
  expect(calls).toEqual([
    call({ id: "a3", migrationId: "gone", outcome: "unknown", settledBy: null }),
    call({
      kind: "import",
      subject: "target rm-2/orders",
      item: "shop/log1.trn",
      migrationId: null,
      outcome: "accepted",
      settledBy: "answer",
      reference: "106121",
      requestId: "R-9",
      actor: "Ann",
    }),
    call({ subject: "target rm-2/orders", item: "shop/log2.trn", outcome: "intended", reference: null }),
    call({
      id: "a1",
      subject: "target rm-1/shop",
      item: "p/a.bak",
      stepId: "s1",
      outcome: "accepted",
      settledBy: "answer",
      reference: "7",
      requestId: "R-1",
    }),
    call({ id: "a2", subject: "target rm-1/shop", item: "p/a.bak", outcome: "intended" }),
    call({
      id: "backup-s3",
      kind: "backup",
      subject: "source sql/shop",
      item: "chainferry s3",
      outcome: "accepted",
      settledBy: "answer",
    }),
    call({ id: "backup-s4", item: "chainferry s4", outcome: "intended" }),
    call({
      id: "open-s5",
      subject: "target rm-1/shop",
      item: "7",
      outcome: "accepted",
      settledBy: "look",
      reference: "7",
    }),
  ]);
});

test("what is still looked for keeps what it needs", async () => {
  const found = await rows(
    `SELECT "request", "lookingSince"::text AS since FROM "OnceCall" WHERE "id" IN ('a2', 'backup-s4') ORDER BY "id"`,
  );
  expect(found).toMatchObject([
    {
      since: "2026-05-04 10:00:00",
      request: {
        instanceId: "rm-1",
        databaseName: "Shop",
        taskId: "7",
        checkMode: "sync",
        object: { endpoint: "oss.example", bucket: "b", key: "p/a.bak" },
        lastLsn: "12",
      },
    },
    {
      request: { database: "shop", kind: "log", name: "chainferry s4", noRecovery: false, path: "/s/u.trn" },
    },
  ]);
});

test("one call without an answer is left for each subject, and the old places are empty", async () => {
  expect(
    await rows(
      `SELECT "subject", count(*)::int AS n FROM "OnceCall" WHERE "settledAt" IS NULL GROUP BY 1 ORDER BY 1`,
    ),
  ).toEqual([
    { subject: "source sql/shop", n: 1 },
    { subject: "target rm-1/shop", n: 1 },
    { subject: "target rm-2/orders", n: 1 },
  ]);
  expect(await rows(`SELECT "key" FROM "Setting"`)).toEqual([{ key: "other" }]);
  expect(await rows(`SELECT "checkpoint" FROM "MigrationStep" WHERE "kind" = 'import'`)).toEqual([
    { checkpoint: null },
    { checkpoint: null },
    { checkpoint: null },
  ]);
});
