import { createHash, randomUUID } from "node:crypto";
import { chmod, copyFile, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { replaceFile } from "@/lib/files/replace-file";
import { isThere } from "@/lib/store/is-there";
import { readMigrationScripts } from "@/lib/store/migration-folder";
import { storeOnPGlite } from "@/lib/store/store-on-pglite";
import { syncPath } from "@/lib/store/sync-to-disk";

const ABANDONED_MS = 3600_000;

/**
 * Puts an empty, migrated database at `target` unless something is there. Making one takes seconds (initdb), copying
 * one a fraction of a second, so that the first is kept under node_modules/.cache until PGlite or the migrations
 * change. A read-only installation has no cache: there one is made each time. What is placed is synced and appears
 * whole: a kill leaves no half database, so one that is not whole was damaged later.
 */
export async function placeStore(projectRoot: string, target: string): Promise<void> {
  if (await isThere(target)) return;
  const template = await makeStoreTemplate(projectRoot).catch(() => null);
  await placeWhole(target, (aside) =>
    template === null ? makeStore(projectRoot, aside) : copyFolder(template, aside),
  );
}

/** What `make` writes into a folder beside it appears at `target` whole and on the disk, or not at all. */
export async function placeWhole<T>(target: string, make: (aside: string) => Promise<T>): Promise<T> {
  const aside = `${target}.${randomUUID()}`;
  await removeAbandoned(path.dirname(target), path.basename(target), 0);
  try {
    const made = await make(aside);
    await syncFolder(aside);
    await replaceFile(aside, target);
    await syncPath(path.dirname(target), "folder");
    return made;
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
}

async function makeStore(projectRoot: string, folder: string): Promise<void> {
  const store = await storeOnPGlite(projectRoot, await PGlite.create(folder));
  await store.close();
}

/** The folder that `placeStore` copies, made unless it is there. */
export async function makeStoreTemplate(projectRoot: string): Promise<string> {
  const cache = path.join(projectRoot, "node_modules", ".cache", "chainferry");
  const template = path.join(cache, await templateName(projectRoot));
  if (await isThere(template)) return template;
  await mkdir(cache, { recursive: true });
  await removeAbandoned(cache, path.basename(template), ABANDONED_MS);
  const aside = `${template}.${randomUUID()}`;
  try {
    await makeStore(projectRoot, aside);
    await replaceFile(aside, template);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    // Another process may have been faster: its template is as good.
    if (!(await isThere(template))) throw error;
  }
  return template;
}

async function templateName(projectRoot: string): Promise<string> {
  const hash = createHash("sha256");
  hash.update(await readFile(path.join(projectRoot, "node_modules/@electric-sql/pglite/package.json")));
  for (const { checksum } of await readMigrationScripts(projectRoot)) hash.update(checksum);
  return `template-${hash.digest("hex").slice(0, 16)}`;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a killed process left beside `name` at least `ageMs` ago; never a copy that a person gave a name. */
async function removeAbandoned(folder: string, name: string, ageMs: number): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(`${name}.`) || !UUID.test(entry.slice(name.length + 1))) continue;
    const left = path.join(folder, entry);
    const changed = await stat(left).catch(() => null);
    if (changed && Date.now() - changed.mtimeMs >= ageMs) await rm(left, { recursive: true, force: true });
  }
}

/** What is copied may be read and written by its owner alone, also where an installation has been made read-only. */
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  const entries = await readdir(from, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const [source, copy] = [path.join(from, entry.name), path.join(to, entry.name)];
      if (entry.isDirectory()) return copyFolder(source, copy);
      await copyFile(source, copy);
      return chmod(copy, 0o600);
    }),
  );
}

async function syncFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  await Promise.all(
    entries.map((entry) => {
      const name = path.join(folder, entry.name);
      return entry.isDirectory() ? syncFolder(name) : syncPath(name, "file");
    }),
  );
  await syncPath(folder, "folder");
}
