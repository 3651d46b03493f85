import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { UNFINISHED } from "@/lib/context/unfinished";
import { AppError } from "@/lib/diagnosis/app-error";
import { loadConnection, usersOf } from "@/lib/store/load-connection";

/** Hides a connection and forgets its secret; records keep its name. Refused while a migration under way uses it. */
export async function archiveConnection({ ctx, input }: Use<{ connectionId: string }>): Promise<void> {
  requireRole(ctx.actor, "administrator");
  await ctx.db.$transaction(async (tx) => {
    const row = await loadConnection(tx, input.connectionId);
    if (row.sandbox) throw new AppError("conflict", "connection_of_sandbox");
    const using = await tx.migration.findMany({
      where: { ...usersOf(row.id), status: UNFINISHED },
      select: { name: true },
      orderBy: { createdAt: "asc" },
    });
    const first = using[0];
    if (first) {
      throw new AppError("conflict", "connection_in_use", { migrations: using.length, name: first.name });
    }
    await tx.connection.update({
      where: { id: row.id },
      data: { archivedAt: ctx.now(), secretSealed: "" },
    });
  });
  await ctx.clients.forget(input.connectionId);
}
