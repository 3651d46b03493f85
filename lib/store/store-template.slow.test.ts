import { randomUUID } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inspectDataFolder } from "./inspect-data-folder";
import { findProjectRoot } from "./project-root";
import { placeStore } from "./store-template";

let root: string;
let cache: string;

/** An installation without a cache: what `placeStore` reads of it is this project's own. */
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "chainferry-template-"));
  cache = path.join(root, "node_modules", ".cache", "chainferry");
  await mkdir(path.join(root, "node_modules"));
  const real = findProjectRoot();
  for (const part of ["prisma", "node_modules/@electric-sql", "node_modules/@prisma"]) {
    await symlink(path.join(real, part), path.join(root, part));
  }
});

afterAll(() => rm(root, { recursive: true }));

test("starters at once each get a migrated database, made once; what a kill left is removed", async () => {
  await writeFile(path.join(root, `a.${randomUUID()}`), "");
  const targets = ["a", "b"].map((name) => path.join(root, name));
  await Promise.all(targets.map((target) => placeStore(root, target)));
  for (const target of targets) {
    const pglite = await PGlite.create(target);
    const { rows } = await pglite.query('SELECT count(*)::int AS count FROM "Migration"');
    expect(rows).toEqual([{ count: 0 }]);
    await pglite.close();
  }
  expect(await readdir(cache)).toHaveLength(1);
  expect((await readdir(root)).sort()).toEqual(["a", "b", "node_modules", "prisma"]);
});

test("a database that is there is left alone", async () => {
  const target = path.join(root, "mine");
  await mkdir(target);
  await writeFile(path.join(target, "PG_VERSION"), "mine");
  await placeStore(root, target);
  expect(await readdir(target)).toEqual(["PG_VERSION"]);
});

test("a copy that a person keeps beside the database is never taken for what a kill left", async () => {
  const target = path.join(root, "kept");
  await mkdir(`${target}.before-the-update`);
  await placeStore(root, target);
  expect(await readdir(root)).toEqual(expect.arrayContaining(["kept", "kept.before-the-update"]));
});

test("the copy can be written, though an installation that is read-only is what it was made from", async () => {
  const [template = ""] = await readdir(cache);
  await chmod(path.join(cache, template, "global", "pg_control"), 0o444);
  const target = path.join(root, "writable");
  await placeStore(root, target);
  const { mode } = await stat(path.join(target, "global", "pg_control"));
  expect(mode & 0o200).toBe(0o200);
});

test("where no cache can be written a database is made each time, whole", async () => {
  const target = path.join(root, "c");
  await rm(cache, { recursive: true });
  await writeFile(cache, "a file where the folder should be");
  await placeStore(root, target);
  expect(await inspectDataFolder(target)).toBeNull();
});

test("a place that can't be written is told, and nothing half made is left", async () => {
  const file = path.join(root, "file");
  await writeFile(file, "a file where the folder should be");
  await expect(placeStore(root, path.join(file, "d"))).rejects.toThrow();
  expect((await readdir(root)).filter((name) => name.startsWith("d"))).toEqual([]);
});
