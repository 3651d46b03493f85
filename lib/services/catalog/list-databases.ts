import type { z } from "zod";
import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { SourceDatabaseListView } from "@/lib/contracts/catalog";
import { lets, scopeOf } from "@/lib/services/scope/require-scope";
import { loadConnection } from "@/lib/store/load-connection";

const SYSTEM_DATABASES = new Set(["master", "model", "msdb", "tempdb"]);

/** Databases of a source server that can be migrated, by name; the system's own are left out, and what somebody is not let at. */
export async function listDatabases({
  ctx,
  input,
}: Use<{ connectionId: string }>): Promise<z.infer<typeof SourceDatabaseListView>> {
  requireRole(ctx.actor, "operator");
  const limits = scopeOf(ctx.actor)?.databases ?? [];
  const { id } = await loadConnection(ctx.db, input.connectionId, "sql_server");
  const source = await ctx.clients.source(id);
  const [identity, databases] = await Promise.all([source.identify(), source.listDatabases()]);
  return {
    serverName: identity.serverName,
    productVersion: identity.productVersion,
    edition: identity.edition,
    defaultBackupPath: identity.defaultBackupPath,
    databases: databases
      .filter(({ name }) => !SYSTEM_DATABASES.has(name.toLowerCase()) && lets(limits, name))
      .sort((left, right) => (left.name.toLowerCase() < right.name.toLowerCase() ? -1 : 1)),
  };
}
