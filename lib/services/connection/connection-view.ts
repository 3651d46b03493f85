import { ConnectionTest, type ConnectionView } from "@/lib/contracts/connection";
import type { Connection } from "@/lib/store/generated/client";
import { storedCloudAccount, storedSqlServer } from "@/lib/store/load-connection";

/** The row without its secret. */
export function toConnectionView(row: Connection, migrations: number): ConnectionView {
  const lastTest = ConnectionTest.safeParse(row.lastTest);
  const base = {
    id: row.id,
    name: row.name,
    sandbox: row.sandbox,
    createdAt: row.createdAt.toISOString(),
    lastTest: lastTest.success ? lastTest.data : null,
    migrations,
  };
  if (row.kind === "sql_server") return { ...base, kind: row.kind, settings: storedSqlServer(row) };
  return { ...base, kind: "cloud_account", settings: storedCloudAccount(row) };
}
