import type { Command } from "commander";
import { givenPath } from "./given-path";

/** Of the configured store as files: `check-store`, `backup`, `restore`, `export` and `import`. */
export function addStoreCommands(program: Command): void {
  program
    .command("check-store")
    .description(
      "whether the configured store is sound: readable to the end, nothing missing, nothing contradictory",
    )
    .option("--json", "JSON on stdout", false)
    .action(async (options: { json: boolean }) => {
      const { runCheckStoreCommand } = await import("./check-store-command");
      process.exitCode = await runCheckStoreCommand(process.env, options);
    });

  program
    .command("backup")
    .description("the configured store into a file, also while it is used; without the key of the secrets")
    .argument("<file>", "made anew: none is ever replaced", givenPath)
    .option("--json", "JSON on stdout", false)
    .action(async (file: string, options: { json: boolean }) => {
      const { runBackupCommand } = await import("./backup-command");
      process.exitCode = await runBackupCommand(process.env, file, options);
    });

  program
    .command("restore")
    .description("an empty data folder or database from a backup")
    .argument("<file>", "", givenPath)
    .option("--json", "JSON on stdout", false)
    .action(async (file: string, options: { json: boolean }) => {
      const { runRestoreCommand } = await import("./backup-command");
      process.exitCode = await runRestoreCommand(process.env, file, options);
    });

  program
    .command("export")
    .description(
      "all rows of one migration that is over into a file, without secrets, for import into another store",
    )
    .argument("<id>", "the migration, as in its page's address")
    .argument("<file>", "made anew: none is ever replaced", givenPath)
    .option("--json", "JSON on stdout", false)
    .action(async (id: string, file: string, options: { json: boolean }) => {
      const { runExportCommand } = await import("./backup-command");
      process.exitCode = await runExportCommand(process.env, { migrationId: id, file }, options);
    });

  program
    .command("import")
    .description("the record of one migration that export wrote, beside what the configured store holds")
    .argument("<file>", "", givenPath)
    .option("--json", "JSON on stdout", false)
    .action(async (file: string, options: { json: boolean }) => {
      const { runImportCommand } = await import("./backup-command");
      process.exitCode = await runImportCommand(process.env, file, options);
    });
}
