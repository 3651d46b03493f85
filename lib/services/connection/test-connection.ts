import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { ConnectionTest } from "@/lib/contracts/connection";
import { loadConnection, storedCloudAccount, storedSqlServer } from "@/lib/store/load-connection";
import { secretOf } from "./open-secret";
import { runTest, type Tested } from "./run-test";

/** Tests a saved connection and keeps the result with it. */
export async function testConnection({ ctx, input }: Use<{ connectionId: string }>): Promise<ConnectionTest> {
  requireRole(ctx.actor, "operator");
  const row = await loadConnection(ctx.db, input.connectionId);
  const tested: Tested =
    row.kind === "sql_server"
      ? { kind: row.kind, settings: storedSqlServer(row) }
      : { kind: "cloud_account", settings: storedCloudAccount(row) };
  const result = await runTest(ctx, tested, secretOf(ctx, row));
  // Only onto the settings that were tested: somebody may have changed them meanwhile.
  await ctx.db.connection.updateMany({
    where: { id: row.id, secretSealed: row.secretSealed, config: { equals: row.config ?? {} } },
    data: { lastTest: result },
  });
  return result;
}
