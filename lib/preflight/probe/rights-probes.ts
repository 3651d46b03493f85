import type { ProbeId } from "@/lib/diagnosis/probe-ids";
import { quoteIdentifier, quoteText, scriptOf } from "@/lib/diagnosis/quote-sql";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import type { SourceRights } from "@/lib/sqlserver/source-facts";
import type { Probe } from "./probe";

interface Right {
  id: ProbeId & `right.${string}`;
  /** As the documentation names it. */
  name: string;
  prevents: string;
  /** Without it the migration cannot go on; otherwise something is not seen or not possible. */
  needed: boolean;
  held(rights: SourceRights): (boolean | null)[];
  grant(login: string, database: string): string;
}

/** The rights of the least-privilege login, each tried for itself. */
export function rightsProbes(world: ProbeWorld, database: string): Probe[] {
  const ours = world.draft.backupBy === "app";
  return RIGHTS.filter(({ id }) => ours || !OURS_ONLY.has(id)).map((right) => ({
    id: right.id,
    asked: `HAS_PERMS_BY_NAME: ${right.name}`,
    params: { database, right: right.name },
    freshMinutes: 60,
    prevents: right.prevents,
    look: async () => {
      const rights = await world.facts.rights();
      const held = right.held(rights);
      const lacks = !rights.sysadmin && held.includes(false);
      // NULL: the database cannot be entered, so the server does not tell.
      const untold = !rights.sysadmin && !lacks && held.includes(null);
      return {
        verdict: lacks ? (right.needed ? "block" : "warn") : untold ? "unknown" : "pass",
        params: { login: rights.login },
        answer: rights.sysadmin
          ? "sysadmin"
          : held.map((one) => (one === null ? "NULL" : one ? "1" : "0")).join(", "),
        script: scriptOf([rights.login, database], () => right.grant(rights.login, database)),
      };
    },
  }));
}

const OURS_ONLY: ReadonlySet<ProbeId> = new Set<ProbeId>([
  "right.backup",
  "right.alter",
  "right.restore_headers",
]);

const server = (right: string) => (login: string) =>
  `USE master;\nGRANT ${right} TO ${quoteIdentifier(login)};`;

const member = (role: string, login: string, database: string) =>
  `USE ${quoteIdentifier(database)};\nCREATE USER ${quoteIdentifier(login)} FOR LOGIN ${quoteIdentifier(login)}; -- if it is not there yet\nEXEC sp_addrolemember ${quoteText(role)}, ${quoteText(login)};`;

const RIGHTS: readonly Right[] = [
  {
    id: "right.backup",
    name: "db_backupoperator: BACKUP DATABASE, BACKUP LOG",
    prevents: "Msg 262: BACKUP DATABASE permission denied in database",
    needed: true,
    held: (rights) => [rights.backupDatabase, rights.backupLog],
    grant: (login, database) => member("db_backupoperator", login, database),
  },
  {
    id: "right.server_state",
    name: "VIEW SERVER STATE",
    prevents: "Msg 300: VIEW SERVER STATE permission was denied on object 'server', database 'master'.",
    needed: false,
    held: (rights) => [rights.viewServerState],
    grant: server("VIEW SERVER STATE"),
  },
  {
    id: "right.definitions",
    name: "VIEW ANY DEFINITION",
    prevents: "sys.master_files, sys.database_recovery_status: NULL",
    needed: false,
    held: (rights) => [rights.viewAnyDefinition],
    grant: server("VIEW ANY DEFINITION"),
  },
  {
    id: "right.msdb",
    name: "SELECT ON msdb.dbo.backupset, sysjobsteps",
    prevents: "Msg 229: The SELECT permission was denied on the object 'backupset', database 'msdb'",
    needed: false,
    held: (rights) => [rights.selectBackupset, rights.selectJobs],
    grant: (login) => {
      const user = quoteIdentifier(login);
      const tables = [
        "backupset",
        "backupmediaset",
        "backupmediafamily",
        "restorehistory",
        "sysjobs",
        "sysjobsteps",
      ];
      const grants = tables.map((table) => `GRANT SELECT ON dbo.${table} TO ${user};`).join("\n");
      return `USE msdb;\nCREATE USER ${user} FOR LOGIN ${user}; -- if it is not there yet\n${grants}`;
    },
  },
  {
    id: "right.restore_headers",
    name: "CREATE ANY DATABASE",
    prevents:
      "Msg 262: CREATE DATABASE permission denied in database 'master'. (RESTORE HEADERONLY, VERIFYONLY)",
    needed: false,
    held: (rights) => [rights.createAnyDatabase],
    grant: server("CREATE ANY DATABASE"),
  },
  {
    id: "right.alter",
    name: "ALTER",
    prevents: "Msg 5011: User does not have permission to alter database",
    needed: false,
    held: (rights) => [rights.alterDatabase],
    grant: (login, database) =>
      `USE ${quoteIdentifier(database)};\nGRANT ALTER TO ${quoteIdentifier(login)};`,
  },
  {
    id: "right.checkdb",
    name: "CONTROL (db_owner)",
    prevents: "Msg 7983: User does not have permission to run DBCC CHECKDB for database",
    needed: false,
    held: (rights) => [rights.controlDatabase],
    grant: (login, database) => member("db_owner", login, database),
  },
];
