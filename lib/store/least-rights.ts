import type { Session } from "./migrate-store";
import { sqlLiteral } from "./sql-literal";

/** What is only ever added to, and what nobody who runs the product needs to do with it. Drafts are removed with their events. */
const ADDED_TO = [
  { table: "AuditEntry", never: ["UPDATE", "DELETE", "TRUNCATE"] },
  { table: "MigrationEvent", never: ["UPDATE", "TRUNCATE"] },
] as const;

/** What a role can do that takes the protection of the record away: `superuser`, `owner of AuditEntry`, `UPDATE on MigrationEvent`. */
export interface RoleRights {
  role: string;
  tooMuch: string[];
}

/** Of the role that is connected to a PostgreSQL store. An owner can take triggers away; so nothing else is told of one. */
export async function readRoleRights(run: Session["run"]): Promise<RoleRights> {
  const pairs = ADDED_TO.flatMap(({ table, never }) => never.map((right) => `('${table}', '${right}')`));
  const rows = await run(
    `SELECT current_user::text AS role, r.rolsuper AS superuser, p.name AS name, p.privilege AS privilege,
       pg_has_role(current_user, c.relowner, 'MEMBER') AS owner,
       has_table_privilege(current_user, c.oid, p.privilege) AS has
     FROM (VALUES ${pairs.join(", ")}) AS p(name, privilege)
     JOIN pg_class c ON c.oid = to_regclass(format('%I', p.name))
     JOIN pg_roles r ON r.rolname = current_user
     ORDER BY p.name, p.privilege`,
  );
  const role = String(rows.map((row) => cellOf(row, "role"))[0] ?? "?");
  if (rows.some((row) => cellOf(row, "superuser") === true)) return { role, tooMuch: ["superuser"] };
  const told = rows.flatMap((row) => {
    if (cellOf(row, "owner") === true) return [`owner of ${cellOf(row, "name")}`];
    return cellOf(row, "has") === true ? [`${cellOf(row, "privilege")} on ${cellOf(row, "name")}`] : [];
  });
  return { role, tooMuch: [...new Set(told)] };
}

/**
 * Statements by which the owner of a store lets another role run the product, and no more: to add to the audit and to events, not to change
 * them, and no change of the schema but the queue's own. `docs/operations.md` shows them. They can be repeated.
 */
export function leastRightsSql(role: string): string {
  const name = quoted(role);
  const revoked = ADDED_TO.map(
    ({ table, never }) => `REVOKE ${never.join(", ")} ON "${table}" FROM ${name};`,
  );
  return [
    `GRANT USAGE ON SCHEMA public TO ${name};`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name};`,
    `GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${name};`,
    ...revoked,
    `REVOKE INSERT, UPDATE, DELETE ON "_prisma_migrations" FROM ${name};`,
    // The queue makes a schema of its own, and changes it with its versions.
    `DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO %I', current_database(), ${sqlLiteral(role)}); END $$;`,
  ].join("\n");
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function cellOf(row: unknown, key: string): unknown {
  return typeof row === "object" && row !== null ? Reflect.get(row, key) : undefined;
}
