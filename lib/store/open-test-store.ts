import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { z } from "zod";
import { readMigrationScripts } from "@/lib/store/migration-folder";
import { findProjectRoot } from "@/lib/store/project-root";
import type { Store } from "@/lib/store/store";
import { storeOnPGlite } from "@/lib/store/store-on-pglite";

const ROWS = z.tuple([z.object({ deletes: z.string() })]);

/** A store between two tests, and what empties it. */
interface IdleStore {
  store: Store;
  emptying: string;
}

/** What tests of this worker have given back. A test that fails to close its store only costs the next one a new one. */
const idle: IdleStore[] = [];

/**
 * For tests: an empty, migrated embedded store in memory. Opening one takes a second, emptying one milliseconds, so
 * `close` keeps it for the worker's next test. A test that changes the product's tables opens its own: `storeOnPGlite` on
 * `openMigratedImage`.
 */
export async function openTestStore(): Promise<Store> {
  const kept = idle.pop() ?? (await openIdleStore());
  await kept.store.executeSql(kept.emptying);
  let open = true;
  return {
    ...kept.store,
    close: () => {
      if (open) idle.push(kept);
      open = false;
      return Promise.resolve();
    },
  };
}

async function openIdleStore(): Promise<IdleStore> {
  const root = findProjectRoot();
  const store = await storeOnPGlite(root, await openMigratedImage(root));
  const { rows } = await store.executeSql(
    `SELECT string_agg(format('DELETE FROM %I;', tablename), ' ') AS deletes FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  );
  const [{ deletes }] = ROWS.parse(rows);
  // As a replica, so that foreign keys don't ask for an order.
  const emptying = `SET session_replication_role = replica; ${deletes} SET session_replication_role = DEFAULT;`;
  return { store, emptying };
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
