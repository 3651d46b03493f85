import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestStore } from "@/lib/store/open-test-store";
import { findProjectRoot } from "@/lib/store/project-root";

const SCRIPT = "prisma/migrations/0003_refused_steps/migration.sql";

test("steps of earlier versions that were failed and closed their round are refused, others stay as they are", async () => {
  const root = findProjectRoot();
  const store = await openTestStore();
  await store.executeSql(`
    INSERT INTO "Migration" ("id", "name", "status", "phase", "draft", "createdBy", "updatedAt")
      VALUES ('m', 'm', 'running', 'rounds', '{}', 'p', now());
    INSERT INTO "MigrationStep" ("id", "migrationId", "key", "kind", "nature", "status", "ordinal", "input", "result")
      VALUES
        ('1', 'm', 'inspect:1', 'inspect', 'repeatable', 'failed', 1, '{}', '{"reads":2,"closesRound":true}'),
        ('2', 'm', 'inspect:2', 'inspect', 'repeatable', 'failed', 2, '{}', NULL),
        ('3', 'm', 'inspect:3', 'inspect', 'repeatable', 'skipped', 3, '{}', '{"closesRound":true}'),
        ('4', 'm', 'find_file:4', 'find_file', 'repeatable', 'succeeded', 4, '{}', '{"file":null,"closesRound":true}');
  `);
  await store.executeSql(readFileSync(path.join(root, SCRIPT), "utf8"));
  const { rows } = await store.executeSql(`SELECT "status", "result" FROM "MigrationStep" ORDER BY "id"`);
  await store.close();
  expect(rows).toEqual([
    { status: "refused", result: { reads: 2 } },
    { status: "failed", result: null },
    { status: "skipped", result: {} },
    { status: "succeeded", result: { file: null } },
  ]);
}, 60_000);
