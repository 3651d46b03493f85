import type { PrismaClient } from "@/lib/store/generated/client";
import { openEmbedded } from "@/lib/store/open-embedded";
import { openPostgresql } from "@/lib/store/open-postgresql";
import { findProjectRoot } from "@/lib/store/project-root";

export interface StoreOptions {
  /** A PostgreSQL URL; null for the embedded database. */
  databaseUrl: string | null;
  /** Where the embedded database keeps its files and its lock. Made when missing. */
  folder: string;
}

export interface Store {
  db: PrismaClient;
  kind: "embedded" | "postgresql";
  /**
   * Raw SQL, as pg-boss's `db` option wants it: one statement with `$1` values, or a whole script without values
   * (then the last result's rows). Embedded, never call it while a transaction of `db` waits for it: they share
   * the one connection.
   */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  /** Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Opens the store and migrates it when needed.
 * @throws AppError `store_locked`, `store_unreachable`, `store_newer` or `store_script_changed`.
 */
export async function openStore({ databaseUrl, folder }: StoreOptions): Promise<Store> {
  const projectRoot = findProjectRoot();
  return databaseUrl === null ? openEmbedded(projectRoot, folder) : openPostgresql(projectRoot, databaseUrl);
}
