import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

export interface MigrationScript {
  name: string;
  sql: string;
  /** SHA-256 in hex, as Prisma keeps it in `_prisma_migrations.checksum`. */
  checksum: string;
}

/** The scripts of `prisma/migrations` in the order they apply. */
export async function readMigrationScripts(projectRoot: string): Promise<MigrationScript[]> {
  const folder = path.join(projectRoot, "prisma", "migrations");
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}
