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
  // Each brings a driver of its own, and only one is used.
  if (databaseUrl === null) {
    const { openEmbedded } = await import("@/lib/store/open-embedded");
    return openEmbedded(projectRoot, folder);
  }
  const { openPostgresql } = await import("@/lib/store/open-postgresql");
  return openPostgresql(projectRoot, databaseUrl);
}
