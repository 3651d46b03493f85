import type { Ctx } from "@/lib/context/context";
import type { AftercareView } from "@/lib/contracts/aftercare";
import type { MigrationRow } from "@/lib/store/typed-rows";
import { lets, scopeOf } from "../scope/require-scope";

/** Saved SQL Server connections by which the target may be reached: any but the source's own, of those that whoever asks may use. */
export async function listCountBy(
  ctx: Ctx,
  { sourceConnectionId }: Pick<MigrationRow, "sourceConnectionId">,
): Promise<AftercareView["countBy"]> {
  const rows = await ctx.db.connection.findMany({
    where: { kind: "sql_server", archivedAt: null, id: { not: sourceConnectionId ?? "" } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });
  const scope = scopeOf(ctx.actor);
  return rows
    .filter(({ id }) => scope === null || lets(scope.connections, id))
    .map(({ id, name }) => ({ id, name }));
}
