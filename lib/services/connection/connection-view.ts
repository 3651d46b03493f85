import {
  CloudAccountSettings,
  ConnectionTest,
  type ConnectionView,
  SqlServerSettings,
} from "@/lib/contracts/connection";
import type { Connection } from "@/lib/store/generated/client";

/** The row without its secret. Settings are checked again: a row that does not fit its contract is a bug. */
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

export function storedSqlServer(row: Connection): SqlServerSettings {
  return stored(SqlServerSettings.safeParse(row.config), row.id);
}

export function storedCloudAccount(row: Connection): CloudAccountSettings {
  return stored(CloudAccountSettings.safeParse(row.config), row.id);
}

function stored<T>(parsed: { success: true; data: T } | { success: false }, id: string): T {
  if (!parsed.success) throw new Error(`The stored settings of connection ${id} cannot be read`);
  return parsed.data;
}
