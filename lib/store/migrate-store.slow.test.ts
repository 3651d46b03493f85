import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrateStore } from "@/lib/store/migrate-store";
import { openMigratedImage } from "@/lib/store/open-test-store";
import { PGliteAdapterFactory } from "@/lib/store/pglite-adapter";
import { findProjectRoot } from "@/lib/store/project-root";

let root: string;
let pglite: PGlite;

/** A project of its own, so that scripts can be added to it. */
beforeAll(async () => {
  const project = findProjectRoot();
  root = mkdtempSync(path.join(tmpdir(), "chainferry-migrate-"));
  cpSync(path.join(project, "prisma"), path.join(root, "prisma"), { recursive: true });
  symlinkSync(path.join(project, "node_modules"), path.join(root, "node_modules"), "dir");
  pglite = await openMigratedImage(project);
}, 60_000);

afterAll(async () => {
  await pglite.close();
  rmSync(root, { recursive: true });
});

function writeScript(name: string, sql: string): void {
  const folder = path.join(root, "prisma", "migrations", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "migration.sql"), sql);
}

const run = async (sql: string) => (await pglite.exec(sql)).at(-1)?.rows ?? [];
const migrate = () => migrateStore(root, { run, adapter: new PGliteAdapterFactory(pglite) });

test("with nothing new it applies nothing", async () => {
  expect(await migrate()).toEqual([]);
});

test("a script that fails half way leaves the store as it was, and applies once it is mended", async () => {
  const good = `CREATE TABLE "Added" (id int); CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT 1;';`;
  writeScript("9001_added", `${good} SELECT * FROM "Missing";`);
  await expect(migrate()).rejects.toThrow(/"Missing" does not exist/);
  expect(await run(`SELECT to_regclass('"Added"')::text AS name`)).toEqual([{ name: null }]);
  writeScript("9001_added", good);
  expect(await migrate()).toEqual(["9001_added"]);
  expect(await migrate()).toEqual([]);
});

test("tables that others read for long are not waited for, which would stop everybody: it is tried again", async () => {
  writeScript("9002_busy", `CREATE TABLE "Busy" (id int);`);
  let busy = 2;
  const asked: string[] = [];
  const beside = async (sql: string) => {
    asked.push(sql);
    if (sql.includes('"Busy"') && busy-- > 0)
      await run("DO $$ BEGIN RAISE lock_not_available USING MESSAGE = 'canceling'; END $$");
    return run(sql);
  };
  const session = { run: beside, adapter: new PGliteAdapterFactory(pglite) };
  await expect(migrateStore(root, session, { tries: 1, pauseMs: 1 })).rejects.toThrow(
    /in use all the time.*as it was/,
  );
  expect(await run(`SELECT to_regclass('"Busy"')::text AS name`)).toEqual([{ name: null }]);
  expect(await migrateStore(root, session, { tries: 2, pauseMs: 1 })).toEqual(["9002_busy"]);
  expect(asked.filter((sql) => sql.includes("lock_timeout"))).toHaveLength(3);
});

test("a script that was changed after it ran is refused by name", async () => {
  writeScript("9001_added", `CREATE TABLE "Other" (id int);`);
  await expect(migrate()).rejects.toMatchObject({
    fields: { reason: "store_script_changed", params: { migration: "9001_added" } },
  });
});
