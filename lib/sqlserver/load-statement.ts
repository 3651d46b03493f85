import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** Every file of lib/sqlserver/sql, without its suffix. */
export const statementNames = [
  "allow-one-user",
  "allow-users",
  "backup-differential",
  "backup-full",
  "backup-log",
  "backup-log-tail",
  "check-database",
  "check-rights",
  "count-encrypted-backups",
  "count-rows",
  "create-folder",
  "find-backups-in-range",
  "find-full-backups",
  "find-recorded-sets",
  "identify-server",
  "list-backup-jobs",
  "list-backup-owners",
  "list-backups",
  "list-database-jobs",
  "list-database-users",
  "list-databases",
  "list-drives",
  "list-edition-features",
  "list-linked-servers",
  "list-maintenance",
  "list-replicas",
  "list-running-backups",
  "list-server-settings",
  "list-sessions",
  "list-sessions-2008",
  "list-user-rights",
  "list-user-roles",
  "read-availability",
  "read-backup-history",
  "read-chain-guard",
  "read-clock",
  "read-database-facts",
  "read-database-owner",
  "read-default-backup-path",
  "read-encryption",
  "read-file-list",
  "read-headers",
  "read-last-check",
  "read-last-check-dbinfo",
  "read-log-peak",
  "read-log-rate",
  "read-log-since-backup",
  "read-session-encryption",
  "read-storage-features",
  "recover-database",
  "restrict-users",
  "set-recovery-full",
  "verify-backup",
] as const;

export type StatementName = (typeof statementNames)[number];

const FOLDER = path.join("lib", "sqlserver", "sql");
const texts = new Map<string, string>();

/**
 * The text of one statement, without its comment block. `$(name)` in the file, sqlcmd's notation, is replaced by
 * `substitutions.name`: already quoted identifiers and keywords only, values travel as parameters.
 * Throws Error when the file is missing or a placeholder is left over.
 */
export function loadStatement(
  name: StatementName,
  substitutions: Readonly<Record<string, string>> = {},
  folder: string = statementFolder(),
): string {
  const file = path.join(folder, `${name}.sql`);
  let text = texts.get(file);
  if (text === undefined) {
    text = readStatement(file);
    texts.set(file, text);
  }
  return text.replace(/\$\((\w+)\)/g, (placeholder, key: string) => {
    const value = substitutions[key];
    if (value === undefined) throw new Error(`Statement ${name} needs a value for ${placeholder}.`);
    return value;
  });
}

/** The whole file of one statement, its comment block included. Throws Error when it is missing. */
export function readStatementFile(name: StatementName): string {
  return readFile(path.join(statementFolder(), `${name}.sql`));
}

function readStatement(file: string): string {
  return readFile(file)
    .replace(/^\s*\/\*[\s\S]*?\*\/\s*/, "")
    .trimEnd();
}

function readFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`The T-SQL file ${file} cannot be read. Start from the project's root folder.`, {
      cause: error,
    });
  }
}

/** From the working folder upwards: bundles move modules around, the project's root stays. */
function statementFolder(): string {
  let parent = process.cwd();
  for (;;) {
    const folder = path.join(parent, FOLDER);
    if (existsSync(folder)) return folder;
    const next = path.dirname(parent);
    if (next === parent) {
      throw new Error(
        `No folder ${FOLDER} in ${process.cwd()} or above it. Start from the project's root folder.`,
      );
    }
    parent = next;
  }
}
