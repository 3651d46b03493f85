import { CloudAccountSettings, type ConnectionKind, SqlServerSettings } from "@/lib/contracts/connection";
import { AppError } from "@/lib/diagnosis/app-error";
import type { Connection, Prisma } from "./generated/client";

/** The row of a connection that is not archived. Throws `not_found`, or `conflict` when it is of the other kind. */
export async function loadConnection(
  db: Pick<Prisma.TransactionClient, "connection">,
  id: string,
  kind?: ConnectionKind,
): Promise<Connection> {
  const row = await db.connection.findUnique({ where: { id } });
  if (!row || row.archivedAt !== null) throw new AppError("not_found", "connection_not_found");
  if (kind !== undefined && row.kind !== kind) {
    throw new AppError("conflict", "connection_wrong_kind", { expected: kind });
  }
  return row;
}

/** Settings are checked again: a row that does not fit its contract is a bug, and throws. */
export function storedSqlServer(row: Connection): SqlServerSettings {
  return stored(SqlServerSettings.safeParse(row.config), row.id);
}

/** The same for a cloud account. */
export function storedCloudAccount(row: Connection): CloudAccountSettings {
  return stored(CloudAccountSettings.safeParse(row.config), row.id);
}

function stored<T>(parsed: { success: true; data: T } | { success: false }, id: string): T {
  if (!parsed.success) throw new Error(`The stored settings of connection ${id} cannot be read`);
  return parsed.data;
}

/** Migrations that use a connection in either part. */
export function usersOf(connectionId: string): Prisma.MigrationWhereInput {
  return { OR: [{ sourceConnectionId: connectionId }, { cloudConnectionId: connectionId }] };
}
