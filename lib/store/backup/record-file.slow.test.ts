import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { appendEvents } from "@/lib/store/append-events";
import { checkStore } from "@/lib/store/check/check-store";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { readBackup } from "./backup-file";
import { exportFromClosedStore, exportFromOpenStore } from "./backup-store";
import { importIntoStore } from "./restore-store";
import { writeBackupFile } from "./write-backup";

const ABOUT = { version: "1.2.3", createdAt: "2026-05-01T00:00:00.000Z" };
const AT = new Date("2026-04-01T08:00:00.120Z");
const folder = mkdtempSync(path.join(tmpdir(), "chainferry-record-"));
const place = (name: string) => ({ databaseUrl: null, folder: path.join(folder, name) });
const file = path.join(folder, "sales.record");

async function on<T>(name: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(place(name));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const connection = (id: string, name: string) => ({
  ...{ id, kind: "sql_server", name, config: { host: "db.corp.example" }, secretSealed: "v2.sealed" },
  lastTest: { ok: true },
});
const migration = (id: string, status: string) => ({
  ...{ id, name: id, status, phase: "online", draft: EMPTY_DRAFT, createdBy: "操作员" },
  ...{ targetDatabase: id, instanceId: "rm-1" },
});

const CUSTODY = {
  ...{ how: "norecovery_tail", step: "stop_writes", since: AT.toISOString() },
  before: { state: "ONLINE", readOnly: false, userAccess: "MULTI_USER" },
};

/** All that is kept of it, in an order of its own. */
async function kept({ db }: Store, migrationId: string) {
  const where = { migrationId };
  return {
    events: await db.migrationEvent.findMany({ where, orderBy: { seq: "asc" } }),
    steps: await db.migrationStep.findMany({ where, orderBy: { id: "asc" } }),
    files: await db.backupFile.findMany({ where, orderBy: { id: "asc" } }),
    calls: await db.onceCall.findMany({ where }),
  };
}

beforeAll(async () => {
  await on("source", async ({ db }) => {
    for (const [id, name] of [
      ["src", "Prod"],
      ["cloud", "Account"],
      ["strange", "Nobody's"],
    ] as const)
      await db.connection.create({ data: connection(id, name) });
    const wave = { id: "w", name: "Weekend", form: {}, rules: {}, plans: {}, createdBy: "t", createdAt: AT };
    await db.wave.create({ data: wave });
    const its = { sourceConnectionId: "src", cloudConnectionId: "cloud", waveId: "w", wavePlace: 1 };
    const hook = { url: "https://hook.example", secretSealed: "v2.sealed" };
    await db.migration.create({
      data: { ...migration("sales", "succeeded"), ...its, hook, custody: CUSTODY },
    });
    await db.migration.create({ data: migration("runs", "running") });
    await db.migration.create({ data: { ...migration("closed", "cancelled"), custody: CUSTODY } });
    for (const migrationId of ["sales", "runs"]) {
      await db.backupFile.create({
        data: {
          ...{ id: `f-${migrationId}`, migrationId, name: "a.bak", objectKey: "a.bak", state: "imported" },
          ...{ sizeBytes: 2n ** 53n + 1n, lastLsn: "34000000012300001", uploadedAt: AT },
        },
      });
      const events = [10, 1e21].map((limitBytes) => ({
        ...{ type: "upload_limited", payload: { limitBytes, text: "\u2028" } },
      })) as Parameters<typeof appendEvents>[1]["events"];
      await appendEvents(db, { migrationId, actor: "操作员", at: AT, events });
    }
    await db.migrationStep.create({
      data: {
        ...{ id: "s1", migrationId: "sales", key: "upload", kind: "upload", nature: "machine" },
        ...{ status: "succeeded", ordinal: 1, input: { big: 9_007_199_254_740_991 }, startedAt: AT },
      },
    });
    await db.onceCall.create({
      data: {
        ...{
          id: "c1",
          migrationId: "sales",
          fileId: "f-sales",
          kind: "import",
          subject: "target rm-1/sales",
        },
        ...{ item: "a.bak", request: {}, connectionId: "cloud", instanceId: "rm-1", databaseName: "sales" },
        ...{ outcome: "accepted", actor: "engine", intendedAt: AT, settledAt: AT },
      },
    });
    // As a dashboard does that has the store.
    await writeBackupFile(`${file}.open`, await exportFromOpenStore(db, "sales", ABOUT), true);
  });
  await exportFromClosedStore(place("source"), { file, migrationId: "sales" }, ABOUT);
  await on("target", async ({ db }) => {
    await db.connection.create({ data: connection("cloud", "The account, as it is called here") });
    await db.migration.create({ data: migration("other", "running") });
  });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = (of = file) => gunzipSync(readFileSync(of)).toString().split("\n");

/** Whole by its end, whatever was changed. */
function forged(change: (body: string[]) => string[]): string {
  const body = change(lines().slice(0, -2));
  const hash = createHash("sha256");
  for (const line of body) hash.update(`${line}\n`);
  const end = {
    end: true,
    rows: body.filter((line) => line.startsWith("=")).length,
    sha256: hash.digest("hex"),
  };
  const at = path.join(folder, `forged-${randomUUID()}`);
  writeFileSync(at, gzipSync([...body, JSON.stringify(end), ""].join("\n")));
  return at;
}

test("one migration comes into another store to the letter, without secrets, wave and hook, once", async () => {
  expect(lines(`${file}.open`).sort()).toEqual(lines().sort());
  expect(lines().join("\n")).not.toMatch(/sealed\.|v2\.|hook\.example|Nobody|"runs"|"closed"/);
  const before = await on("source", (store) => kept(store, "sales"));
  expect(before.events).toHaveLength(2);

  const { name, counts } = await importIntoStore(place("target"), file);
  expect(name).toBe("sales");
  expect(counts).toMatchObject({
    Migration: 1,
    MigrationEvent: 2,
    BackupFile: 1,
    MigrationStep: 1,
    OnceCall: 1,
  });
  expect(await checkStore(place("target"))).toMatchObject({ sound: true });
  await on("target", async (store) => {
    expect(await kept(store, "sales")).toEqual(before);
    const row = await store.db.migration.findUniqueOrThrow({ where: { id: "sales" } });
    expect(row).toMatchObject({
      status: "succeeded",
      createdBy: "操作员",
      nextSeq: 3,
      waveId: null,
      hook: null,
    });
    expect(await store.db.connection.findUnique({ where: { id: "src" } })).toMatchObject({
      ...{ name: "Prod", secretSealed: "", lastTest: null, archivedAt: expect.any(Date) },
    });
    // What is there stays as it is.
    expect(await store.db.connection.findUnique({ where: { id: "cloud" } })).toMatchObject({
      ...{ name: "The account, as it is called here", secretSealed: "v2.sealed", archivedAt: null },
    });
    expect(await store.db.migration.count()).toBe(2);
  });
  await expect(importIntoStore(place("target"), file)).rejects.toMatchObject({
    fields: { reason: "record_there" },
  });
}, 300_000);

test.each([
  [
    "an event that was edited",
    "backup_damaged",
    (body: string[]) => body.map((line) => line.replace(/"limitBytes":\s*10\b/, '"limitBytes":11')),
  ],
  [
    "an event that was left out",
    "backup_damaged",
    (body: string[]) => body.filter((line) => !/"seq":1\b/.test(line)),
  ],
  [
    "rows of other tables",
    "backup_damaged",
    (body: string[]) => [...body, '{"table":"Person","columns":["id"]}', '={"id":"me"}'],
  ],
  [
    "another migration's rows",
    "backup_damaged",
    (body: string[]) => body.map((line) => line.replace('"migrationId":"sales"', '"migrationId":"other"')),
  ],
  [
    "a connection with a secret",
    "backup_damaged",
    (body: string[]) => body.map((line) => line.replace('"secretSealed":""', '"secretSealed":"v2.x"')),
  ],
  [
    "tables of a newer program",
    "backup_newer",
    (body: string[]) =>
      body.map((line, at) =>
        at === 0
          ? line.replace('"migrations":[', '"migrations":[{"name":"9999_newer","checksum":"x"},')
          : line,
      ),
  ],
  [
    "tables of an older one",
    "record_older",
    (body: string[]) =>
      body.map((line, at) => (at === 0 ? line.replace(/,\{"name":[^{}]*\}\]\}$/, "]}") : line)),
  ],
] as const)("%s: %s", async (_name, reason, change) => {
  const bad = forged(change);
  expect(readFileSync(bad).equals(readFileSync(file))).toBe(false);
  await expect(importIntoStore(place("source"), bad)).rejects.toMatchObject({ fields: { reason } });
});

test("a migration that goes on, or is none, is not exported, and neither file passes for the other", async () => {
  const other = path.join(folder, "none");
  const notOver = { fields: { reason: "record_not_over" } };
  await on("source", async ({ db }) => {
    const take = async (id: string) => writeBackupFile(other, await exportFromOpenStore(db, id, ABOUT), true);
    await expect(take("runs")).rejects.toMatchObject(notOver);
    await expect(take("closed")).rejects.toMatchObject(notOver);
    await db.migrationStep.updateMany({ data: { status: "waiting_external" } });
    await expect(take("sales")).rejects.toMatchObject(notOver);
    await expect(take("it's none")).rejects.toMatchObject({ fields: { reason: "migration_not_found" } });
  });
  expect(existsSync(other)).toBe(false);
  const asBackup = async () => {
    for await (const part of readBackup(file)) expect(part).toBeNull();
  };
  await expect(asBackup()).rejects.toMatchObject({ fields: { reason: "backup_damaged" } });
}, 120_000);
