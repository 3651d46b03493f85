import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { diffMigrations } from "@/lib/store/diff-migrations";
import { readMigrationScripts } from "@/lib/store/migration-folder";
import { findProjectRoot } from "@/lib/store/project-root";

/** Entry of `scripts/make-migration.mjs`: writes the next migration, if the schema is ahead of the last. */
async function makeMigration(name: string | undefined): Promise<string> {
  if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Error("Name the migration in snake_case: node scripts/make-migration.mjs add_people");
  }
  const projectRoot = findProjectRoot();
  const sql = await diffMigrations(projectRoot);
  if (sql === null) return "schema.prisma has nothing new: no migration written";
  const number = String((await readMigrationScripts(projectRoot)).length + 1).padStart(4, "0");
  const folder = path.join(projectRoot, "prisma", "migrations", `${number}_${name}`);
  await mkdir(folder);
  await writeFile(path.join(folder, "migration.sql"), `${sql.trim()}\n`);
  return `Written: ${path.relative(projectRoot, folder)}/migration.sql`;
}

makeMigration(process.argv[2]).then(
  (message) => process.stdout.write(`${message}\n`),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
