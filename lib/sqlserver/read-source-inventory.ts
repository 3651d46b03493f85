import type { SourceInventory } from "@/lib/migration/source-inventory";
import type { LoginKind } from "@/lib/migration/vocabulary/aftercare";
import type { FactReader } from "./fact-reader";
import { flagField, numberField, textField } from "./row-fields";
import type { Row } from "./run-statement";

/** By sys.server_principals.type. */
const KINDS: Readonly<Record<string, LoginKind>> = { S: "sql", U: "windows", G: "windows_group" };

/**
 * What belongs to a database and stays on its server. What the login may not see is left out: lists of jobs, linked servers and
 * settings are then empty; users must be readable. Throws ExternalError.
 */
export async function readSourceInventory(
  { read, quoteExisting }: Pick<FactReader, "read" | "quoteExisting">,
  name: string,
): Promise<SourceInventory> {
  const database = await quoteExisting(name);
  const unseen = (): Row[] => [];
  const [users, roles, rights, jobs, servers, settings, [owner = {}]] = await Promise.all([
    read("list-database-users", {}, { database }),
    read("list-user-roles", {}, { database }),
    read("list-user-rights", {}, { database }),
    read("list-database-jobs", { db: name }).catch(unseen),
    read("list-linked-servers").catch(unseen),
    read("list-server-settings").catch(unseen),
    read("read-database-owner", { db: name }),
  ]);
  const of = (rows: readonly Row[], user: string, say: (row: Row) => string) =>
    [...new Set(rows.filter((row) => textField(row, "user_name") === user).map(say))].sort();
  return {
    users: users.map((row) => {
      const user = textField(row, "user_name") ?? "";
      const login = textField(row, "login_name");
      return {
        user,
        login,
        kind: login === null ? "none" : (KINDS[(textField(row, "login_type") ?? "").trim()] ?? "other"),
        disabled: flagField(row, "is_disabled"),
        roles: of(roles, user, (one) => textField(one, "role_name") ?? ""),
        rights: of(rights, user, rightOf),
      };
    }),
    jobs: jobs.map((row) => ({
      name: textField(row, "job_name") ?? "",
      enabled: numberField(row, "is_enabled") === 1,
    })),
    linkedServers: servers.map((row) => ({
      name: textField(row, "server_name") ?? "",
      dataSource: textField(row, "data_source") ?? "",
    })),
    settings: settings.map((row) => ({
      name: textField(row, "setting_name") ?? "",
      value: textField(row, "setting_value") ?? "",
    })),
    compatibilityLevel: numberField(owner, "compatibility_level"),
    owner: textField(owner, "owner_name"),
  };
}

function rightOf(row: Row): string {
  const permission = textField(row, "permission_name") ?? "";
  return textField(row, "state_desc") === "DENY" ? `DENY ${permission}` : permission;
}
