import { openEmbedded } from "@/lib/store/open-embedded";
import { openPostgresql } from "@/lib/store/open-postgresql";
import { findProjectRoot } from "@/lib/store/project-root";
import type { Store } from "@/lib/store/store";

export interface StoreOptions {
  /** A PostgreSQL URL; null for the embedded database. */
  databaseUrl: string | null;
  /** Where the embedded database keeps its files and its lock. Made when missing. */
  folder: string;
}

/**
 * Opens the store and migrates it when needed.
 * @throws AppError `store_locked`, `store_unreachable`, `store_newer` or `store_script_changed`.
 */
export async function openStore({ databaseUrl, folder }: StoreOptions): Promise<Store> {
  const projectRoot = findProjectRoot();
  return databaseUrl === null ? openEmbedded(projectRoot, folder) : openPostgresql(projectRoot, databaseUrl);
}
