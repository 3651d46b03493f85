import type { Ctx, Tx } from "@/lib/context/context";
import type { ConnectionKind } from "@/lib/contracts/connection";
import { AppError } from "@/lib/diagnosis/app-error";
import type { Connection } from "@/lib/store/generated/client";

/** The row of a connection that is not archived. Throws `not_found`, or `conflict` when it is of the other kind. */
export async function loadConnection(
  db: Pick<Tx, "connection">,
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

/** The stored secret in clear. Throws when the key it was sealed with is gone. */
export function secretOf(ctx: Pick<Ctx, "sealer">, row: Connection): string {
  try {
    return ctx.sealer.unseal(row.secretSealed);
  } catch {
    throw new AppError("precondition_failed", "connection_secret_unreadable");
  }
}

/** Migrations that use a connection in either part. */
export function usersOf(connectionId: string) {
  return { OR: [{ sourceConnectionId: connectionId }, { cloudConnectionId: connectionId }] };
}
