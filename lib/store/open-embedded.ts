import { mkdir } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { DURABLE_START_PARAMS, DurableNodeFs } from "@/lib/store/durable-node-fs";
import { lockFolder } from "@/lib/store/folder-lock";
import type { Store } from "@/lib/store/store";
import { storeOnPGlite } from "@/lib/store/store-on-pglite";
import { placeStore } from "@/lib/store/store-template";

/**
 * PostgreSQL inside this process, its files in `<folder>/postgresql`, every commit on the disk before it returns.
 * @throws AppError `store_locked` when another process has the folder.
 */
export async function openEmbedded(projectRoot: string, folder: string): Promise<Store> {
  await mkdir(folder, { recursive: true });
  const lock = await lockFolder(folder);
  let pglite: PGlite | null = null;
  const files = path.join(folder, "postgresql");
  try {
    // A read-only installation has no cache: then PGlite makes the files here.
    await placeStore(projectRoot, files).catch(() => undefined);
    pglite = await PGlite.create({
      fs: new DurableNodeFs(files),
      startParams: DURABLE_START_PARAMS,
    });
    return await storeOnPGlite(projectRoot, pglite, () => lock.release());
  } catch (error) {
    await pglite?.close();
    await lock.release();
    throw error;
  }
}
