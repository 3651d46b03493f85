import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkStore } from "@/lib/store/check/check-store";
import { findPostgresPrograms, type PostgresServer, startPostgres } from "@/lib/store/local-postgres";
import { openStore } from "@/lib/store/open-store";
import { backupClosedStore } from "./backup-store";
import { restoreStore } from "./restore-store";

const programs = findPostgresPrograms();
const folder = mkdtempSync(path.join(tmpdir(), "chainferry-backup-pg-"));
let server: PostgresServer | null = null;

beforeAll(async () => {
  if (programs !== null) server = await startPostgres(programs);
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test.runIf(programs !== null)(
  "PostgreSQL: a backup while others write, and its restore into an empty database",
  async () => {
    const on = async (name: string) => ({ databaseUrl: (await server?.createDatabase(name)) ?? "", folder });
    const about = { version: "1.2.3", createdAt: new Date().toISOString() };
    const file = path.join(folder, "store.backup");
    const place = await on("source");
    const store = await openStore(place);
    const add = (id: string) =>
      store.db.connection.create({
        data: {
          id,
          kind: "sql_server",
          name: `密码 ${id}`,
          config: { big: 9_007_199_254_740_991 },
          secretSealed: "x",
        },
      });
    for (let number = 0; number < 20; number += 1) await add(`before${number}`);
    const [written] = await Promise.all([
      backupClosedStore(place, file, about),
      ...Array.from({ length: 20 }, (_, number) => add(`meanwhile${number}`)),
    ]);
    expect(written.counts.Connection).toBeGreaterThanOrEqual(20);

    const target = await on("target");
    // Of an empty database nobody shall believe that it is a sound store.
    const absent = { fields: { reason: "store_absent" } };
    await expect(checkStore(target)).rejects.toMatchObject(absent);
    await expect(backupClosedStore(target, path.join(folder, "none"), about)).rejects.toMatchObject(absent);
    // A row twice, in a file that is whole: what fails, or is killed, in the middle leaves no empty store that looks whole.
    await expect(restoreStore(target, withRowTwice(file, folder))).rejects.toThrow("duplicate key");
    expect((await restoreStore(target, file)).counts).toEqual(written.counts);
    expect(await checkStore(target)).toMatchObject({ sound: true, migrations: { missing: [], newer: [] } });
    const restored = await openStore(target);
    const rows = await restored.db.connection.findMany();
    const kept = await store.db.connection.findMany({ where: { id: { in: rows.map(({ id }) => id) } } });
    expect(rows.filter(({ id }) => id.startsWith("before"))).toHaveLength(20);
    expect(new Map(rows.map((row) => [row.id, row]))).toEqual(new Map(kept.map((row) => [row.id, row])));
    await restored.close();
    await store.close();
    await expect(restoreStore(target, file)).rejects.toMatchObject({
      fields: { reason: "restore_not_empty" },
    });
  },
  240_000,
);

function withRowTwice(file: string, folder: string): string {
  const lines = gunzipSync(readFileSync(file)).toString().split("\n");
  const body = lines.slice(0, -2).flatMap((line) => (line.includes('"before7"') ? [line, line] : [line]));
  const hash = createHash("sha256");
  for (const line of body) hash.update(`${line}\n`);
  const rows = body.filter((line) => line.startsWith("=")).length;
  const other = path.join(folder, "twice.backup");
  writeFileSync(
    other,
    gzipSync([...body, JSON.stringify({ end: true, rows, sha256: hash.digest("hex") }), ""].join("\n")),
  );
  return other;
}
