import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { readMigrationScripts } from "@/lib/store/migration-folder";
import type { Store } from "@/lib/store/open-store";
import { findProjectRoot } from "@/lib/store/project-root";
import { storeOnPGlite } from "@/lib/store/store-on-pglite";

/**
 * For tests: an empty, migrated embedded store in memory; `close` drops it. A first start takes seconds, so its
 * image is kept under node_modules/.cache until PGlite or the migrations change.
 */
export async function openTestStore(): Promise<Store> {
  const root = findProjectRoot();
  return storeOnPGlite(root, await openMigratedImage(root));
}

/** The database of `openTestStore` by itself: what `prisma/migrations` makes of an empty one. */
export async function openMigratedImage(root: string): Promise<PGlite> {
  const image = await findImagePath(root);
  const bytes = (await readOrNull(image)) ?? (await makeImage(root, image));
  return PGlite.create({ loadDataDir: new Blob([new Uint8Array(bytes)]) });
}

async function findImagePath(root: string): Promise<string> {
  const hash = createHash("sha256");
  hash.update(await readFile(path.join(root, "node_modules/@electric-sql/pglite/package.json")));
  for (const { checksum } of await readMigrationScripts(root)) hash.update(checksum);
  const name = `store-${hash.digest("hex").slice(0, 16)}.tar`;
  return path.join(root, "node_modules", ".cache", "chainferry", name);
}

async function makeImage(root: string, image: string): Promise<Uint8Array> {
  const pglite = await PGlite.create();
  const store = await storeOnPGlite(root, pglite);
  const bytes = new Uint8Array(await (await pglite.dumpDataDir("none")).arrayBuffer());
  await store.close();
  await mkdir(path.dirname(image), { recursive: true });
  // Aside first: another test file may be reading or making the same one.
  const aside = `${image}.${randomUUID()}`;
  await writeFile(aside, bytes);
  await rename(aside, image);
  return bytes;
}

async function readOrNull(file: string): Promise<Uint8Array | null> {
  return readFile(file).catch(() => null);
}
