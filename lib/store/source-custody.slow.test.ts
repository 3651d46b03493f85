import { expect, test } from "vitest";
import { SourceCustody } from "@/lib/migration/source-custody";
import { readMigrationScripts } from "@/lib/store/migration-folder";
import { openTestStore } from "@/lib/store/open-test-store";
import { findProjectRoot } from "@/lib/store/project-root";

const SCRIPT = "0008_source_custody";

test("sources that earlier versions closed are in custody, those that were given back or never closed are not", async () => {
  const scripts = await readMigrationScripts(findProjectRoot());
  const script = scripts.find(({ name }) => name === SCRIPT)?.sql ?? "";
  const store = await openTestStore();
  const cutover = `'{"requestedAt":"2026-05-04T09:00:00.000Z","stopWrites":"restricted_user","checkMode":"async"}'`;
  const row = (id: string, status: string, asked: string) =>
    `('${id}', '${id}', '${status}', 'cutover', '{}', 'p', now(), ${asked})`;
  const clock = `'{"stoppedAt":"2026-05-04T09:01:00.000Z","rowCounts":null}'`;
  await store.executeSql(`
    INSERT INTO "Migration" ("id", "name", "status", "phase", "draft", "createdBy", "updatedAt", "cutover") VALUES
      ${row("held", "running", cutover)}, ${row("tail", "failed", cutover)}, ${row("begun", "running", cutover)},
      ${row("left", "cancelled", cutover)}, ${row("back", "waiting_for_user", "NULL")}, ${row("ahead", "running", cutover)};
    INSERT INTO "MigrationStep" ("id", "migrationId", "key", "kind", "nature", "status", "ordinal", "input", "checkpoint",
      "startedAt") VALUES
      ('1', 'held', 'stop_writes#1', 'stop_writes', 'repeatable', 'succeeded', 1, '{}', ${clock}, '2026-05-04 09:01:00'),
      ('2', 'tail', 'stop_writes#1', 'stop_writes', 'repeatable', 'succeeded', 1, '{}', ${clock}, '2026-05-04 09:01:00'),
      ('3', 'tail', 'backup:3', 'backup', 'once', 'failed', 2, '{"backup":"log","tail":true,"final":true}', NULL,
        '2026-05-04 09:01:05'),
      ('4', 'begun', 'stop_writes#1', 'stop_writes', 'repeatable', 'running', 1, '{}', ${clock}, '2026-05-04 09:01:00'),
      ('5', 'left', 'stop_writes#1', 'stop_writes', 'repeatable', 'succeeded', 1, '{}', ${clock}, '2026-05-04 09:01:00'),
      ('6', 'back', 'stop_writes#1', 'stop_writes', 'repeatable', 'cancelled', 1, '{}', ${clock}, '2026-05-04 09:01:00'),
      ('7', 'ahead', 'stop_writes#1', 'stop_writes', 'repeatable', 'queued', 1, '{}', NULL, NULL);
  `);
  await store.executeSql(script.slice(script.indexOf("UPDATE")));
  const { rows } = await store.executeSql(`SELECT "id", "custody" FROM "Migration" ORDER BY "id"`);
  await store.close();
  const found = rows.map((one) => {
    const { id, custody } = Object(one);
    return [id, custody === null ? null : SourceCustody.parse(custody).how];
  });
  expect(found).toEqual([
    ["ahead", null],
    ["back", null],
    ["begun", "restricted_user"],
    ["held", "restricted_user"],
    ["left", "restricted_user"],
    ["tail", "norecovery_tail"],
  ]);
}, 60_000);
