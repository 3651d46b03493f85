import { z } from "zod";
import {
  ACCOUNT_PRIVILEGES,
  type AccountPrivilege,
  AFTERCARE_STATES,
  AFTERCARE_STEPS,
} from "./vocabulary/aftercare";

const act = { by: z.string(), at: z.iso.datetime() };

/** An account that was created on RDS, and for which user of the source. */
export const CreatedAccount = z.object({
  user: z.string(),
  account: z.string(),
  privilege: z.enum(ACCOUNT_PRIVILEGES),
  ...act,
});

/** A comparison of the tables' rows; `differing` holds the first of those that are not equal. */
export const ComparedCounts = z.object({
  tables: z.number(),
  equal: z.number(),
  rows: z.number(),
  differing: z.array(
    z.object({ table: z.string(), source: z.number().nullable(), target: z.number().nullable() }),
  ),
  ...act,
});
export type ComparedCounts = z.infer<typeof ComparedCounts>;

/** The first backup that RDS takes of it; `ok` null: it runs, or nobody knows any more. */
export const FirstBackup = z.object({
  jobId: z.string(),
  ok: z.boolean().nullable(),
  endedAt: z.iso.datetime().nullable(),
  backupId: z.string().nullable(),
  ...act,
});

/** How long the source stays as it is, so that somebody may go back to it; `endedAt`: before its time, by a person. */
export const RevertWindow = z.object({
  until: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  ...act,
});

/** RDS tells of a backup job for a day, in milliseconds: what has not ended by then is not known any more, and holds up no other. */
export const JOB_TOLD_MS = 26 * 3_600_000;

/** What people settled and did after a database was online, as the migration's row keeps it. No password is in it. */
export const Aftercare = z.object({
  settled: z
    .array(
      z.object({ step: z.enum(AFTERCARE_STEPS), state: z.enum(AFTERCARE_STATES), note: z.string(), ...act }),
    )
    .default([]),
  accounts: z.array(CreatedAccount).default([]),
  /** The newest one. */
  counts: ComparedCounts.nullable().default(null),
  backup: FirstBackup.nullable().default(null),
  revert: RevertWindow.nullable().default(null),
  /** The newest backup to go back with. */
  wayBack: FirstBackup.nullable().default(null),
});
export type Aftercare = z.infer<typeof Aftercare>;

export const NO_AFTERCARE: Aftercare = {
  settled: [],
  accounts: [],
  counts: null,
  backup: null,
  revert: null,
  wayBack: null,
};

/** Whether the way back is kept open: then nothing is removed that it needs. */
export function isRevertOpen({ revert }: Pick<Aftercare, "revert">, nowMs: number): boolean {
  return revert !== null && revert.endedAt === null && Date.parse(revert.until) > nowMs;
}

/** Tables that are told of by name where they differ. */
const MOST_DIFFERING = 100;

/** Rows of every table on both sides, `schema.table`, compared; a table that only one side has differs. */
export function compareRowCounts(
  source: Readonly<Record<string, number>>,
  target: Readonly<Record<string, number>>,
): Pick<ComparedCounts, "tables" | "equal" | "rows" | "differing"> {
  const tables = [...new Set([...Object.keys(source), ...Object.keys(target)])].sort();
  const differing = tables
    .map((table) => ({ table, source: source[table] ?? null, target: target[table] ?? null }))
    .filter((one) => one.source !== one.target);
  return {
    tables: tables.length,
    equal: tables.length - differing.length,
    rows: Object.values(target).reduce((sum, rows) => sum + rows, 0),
    differing: differing.slice(0, MOST_DIFFERING),
  };
}

/** What the script of the row counts prints: `schema.table<tab or |>rows`, one a line; what is no such line is passed over. */
export function readRowCounts(text: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of text.split("\n")) {
    const match = /^\s*(\S.*?)\s*[\t|]\s*(\d{1,15})\s*$/.exec(line);
    if (match?.[1]) counts[match[1]] = Number(match[2]);
  }
  return counts;
}

const OWNERS = new Set(["db_owner", "db_ddladmin", "db_securityadmin", "db_accessadmin"]);
const WRITES = new Set(["INSERT", "UPDATE", "DELETE", "EXECUTE", "ALTER", "CONTROL"]);

/** The least of RDS's three privileges that holds what a user may do at the source. RDS knows no finer ones: the rest is T-SQL. */
export function privilegeFor({
  roles,
  rights,
}: {
  roles: readonly string[];
  rights: readonly string[];
}): AccountPrivilege {
  if (roles.some((role) => OWNERS.has(role))) return "DBOwner";
  const writes = roles.includes("db_datawriter") || rights.some((right) => WRITES.has(right));
  return writes ? "ReadWrite" : "ReadOnly";
}

const LONGEST_ACCOUNT = 64;

/**
 * A name that RDS takes, from a login's: 2 to 64 lower-case letters, digits and underscores, a letter first, no underscore last.
 * https://www.alibabacloud.com/help/en/rds/developer-reference/api-rds-2014-08-15-createaccount-sqlserver
 */
export function accountNameFor(login: string): string {
  const plain = login
    .slice(login.lastIndexOf("\\") + 1)
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "_")
    .replace(/^[^a-z]+/, "")
    .slice(0, LONGEST_ACCOUNT)
    .replace(/_+$/, "");
  return plain.length >= 2 ? plain : `${plain === "" ? "a" : plain}_user`;
}
