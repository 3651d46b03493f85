import { cp, mkdtemp, open, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { runCheckStoreCommand } from "./check-store-command";

const MIGRATIONS = 40;
const FileName = z.tuple([z.object({ file: z.string() })]);
let root: string;
let sound: string;
let table: string;
let index: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "chainferry-check-"));
  sound = path.join(root, "sound");
  const store = await openStore({ databaseUrl: null, folder: path.join(sound, "store") });
  for (let n = 1; n <= MIGRATIONS; n += 1) {
    const id = `m${n}`;
    const row = { id, name: id, status: "draft", phase: "preflight", draft: EMPTY_DRAFT, createdBy: "t" };
    await store.db.migration.create({ data: { ...row, nextSeq: 3 } });
    for (const seq of [1, 2]) {
      const event = { migrationId: id, seq, type: "draft_saved", payload: {}, actor: "t", at: new Date(0) };
      await store.db.migrationEvent.create({ data: event });
    }
  }
  table = await fileOf(store, '"MigrationEvent"');
  index = await fileOf(store, '"Migration_pkey"');
  await store.executeSql("VACUUM");
  await store.close();
});
afterAll(() => rm(root, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

async function fileOf(store: Store, relation: string): Promise<string> {
  const { rows } = await store.executeSql("SELECT pg_relation_filepath($1) AS file", [relation]);
  return path.join("store", "postgresql", FileName.parse(rows)[0].file);
}

async function copyOf(name: string): Promise<string> {
  const data = path.join(root, name);
  await cp(sound, data, { recursive: true });
  return data;
}

async function check(data: string, json = true): Promise<{ code: number; said: string }> {
  const written: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => written.push(String(text)) > 0);
  const code = await runCheckStoreCommand({ CHAINFERRY_DATA: data }, { json });
  vi.restoreAllMocks();
  return { code, said: written.join("") };
}

/** Changes rows past the rules that hold them, as a hand in the database might. */
async function change(data: string, sql: string): Promise<void> {
  const store = await openStore({ databaseUrl: null, folder: path.join(data, "store") });
  await store.executeSql(`SET session_replication_role = replica; ${sql}`);
  await store.close();
}

test("a sound store: exit code 0, its migrations and its counts", async () => {
  const data = await copyOf("intact");
  const { code, said } = await check(data);
  expect(JSON.parse(said)).toMatchObject({
    kind: "embedded",
    place: path.join(data, "store", "postgresql"),
    sound: true,
    migrations: { missing: [], newer: [], changed: [] },
    counts: { Migration: MIGRATIONS, MigrationEvent: 2 * MIGRATIONS },
    findings: [],
  });
  expect(code).toBe(0);
  expect((await check(data, false)).said).toMatch(
    /Embedded store in (?:.*\n)+MigrationEvent +80\n(?:.*\n)+Sound\.\n/,
  );
});

test("no store, and one that a living process holds, are refused and not touched", async () => {
  expect(await check(path.join(root, "nowhere"))).toMatchObject({
    code: 1,
    said: expect.stringContaining('"reason":"store_absent"'),
  });
  const data = await copyOf("held");
  const store = await openStore({ databaseUrl: null, folder: path.join(data, "store") });
  const { code, said } = await check(data);
  expect(code).toBe(1);
  expect(said).toContain('"reason":"store_locked"');
  expect(said).toContain(`in use by process ${process.pid}`);
  await store.db.migration.count();
  await store.close();
});

const BLOCK = 8192;
const DAMAGES: [
  string,
  (data: string) => Promise<void>,
  { check: string; subject?: string; what: RegExp },
][] = [
  [
    "a table's file is empty, which PostgreSQL takes for an empty table",
    (data) => truncate(path.join(data, table), 0),
    {
      check: "indexes",
      subject: '"MigrationEvent_pkey"',
      what: /leads to 80 rows, MigrationEvent has 0|could not read/,
    },
  ],
  [
    "an index is empty",
    (data) => truncate(path.join(data, index), 0),
    { check: "tables", subject: "Migration", what: /could not read .* the file of "Migration_pkey"/ },
  ],
  [
    "a page was overwritten",
    async (data) => {
      const file = await open(path.join(data, table), "r+");
      await file.write(Buffer.alloc(BLOCK / 2, 0xab), 0, BLOCK / 2, 1000);
      await file.close();
    },
    { check: "tables", subject: "MigrationEvent", what: /invalid page in block 0/ },
  ],
  [
    "a table's file is gone",
    (data) => rm(path.join(data, table)),
    { check: "tables", subject: "MigrationEvent", what: /could not open file/ },
  ],
  [
    "pg_control is zeroed",
    (data) => writeFile(path.join(data, "store/postgresql/global/pg_control"), Buffer.alloc(BLOCK)),
    { check: "files", what: /global\/pg_control holds nothing but zeros/ },
  ],
  [
    "an event is missing",
    (data) => change(data, `DELETE FROM "MigrationEvent" WHERE "migrationId" = 'm7' AND "seq" = 1`),
    { check: "events", subject: "m7", what: /has 1 events numbered 2 to 2; they should be 1 to 2/ },
  ],
  [
    "a row refers to none",
    (data) => change(data, `DELETE FROM "Migration" WHERE "id" = 'm9'`),
    {
      check: "references",
      subject: "MigrationEvent_migrationId_fkey",
      what: /2 rows of "MigrationEvent" refer to rows that "Migration" lacks/,
    },
  ],
  [
    "a newer program migrated it",
    (data) =>
      change(
        data,
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
         VALUES ('x', 'x', '9999_later', now(), 1)`,
      ),
    { check: "migrations", subject: "9999_later", what: /newer Chainferry/ },
  ],
];

test.each(DAMAGES)("%s: not sound, and named", async (name, damage, finding) => {
  const data = await copyOf(name.replaceAll(/\W+/g, "-"));
  await damage(data);
  const { code, said } = await check(data);
  const report = JSON.parse(said);
  expect(report.findings).toContainEqual(
    expect.objectContaining({ ...finding, severity: "damage", what: expect.stringMatching(finding.what) }),
  );
  expect(report.sound).toBe(false);
  expect(code).toBe(1);
  await rm(data, { recursive: true });
});

test("what is under way is told and is no damage: open calls, steps that nobody has or somebody had", async () => {
  const data = await copyOf("under-way");
  await change(
    data,
    `INSERT INTO "MigrationStep" ("id", "migrationId", "key", "kind", "nature", "status", "ordinal", "input", "claimedBy")
     VALUES ('s1', 'm1', 'a', 'import', 'once', 'running', 1, '{}', NULL),
            ('s2', 'm1', 'b', 'upload', 'resume', 'running', 2, '{}', 'host/1/x');
     INSERT INTO "OnceCall" ("id", "kind", "subject", "item", "migrationId", "stepId", "connectionId", "databaseName",
       "request", "outcome", "actor", "intendedAt")
     VALUES ('o1', 'import', 'target rm-1/shop', 'a.bak', 'm1', 's1', 'c', 'shop', '{}', 'intended', 'engine',
       '2026-01-02 03:04:05')`,
  );
  const { code, said } = await check(data, false);
  expect(said).toContain(
    "note  once_calls: o1 import of a.bak on target rm-1/shop is open since 2026-01-02 03:04:05 UTC",
  );
  expect(said).toContain("note  steps: s1 import of migration m1 is running and nobody has it");
  expect(said).toContain("note  steps: s2 upload of migration m1 is held by host/1/x");
  expect(code).toBe(0);
});
