export interface DeniedPermission {
  /** As GRANT spells it: `VIEW SERVER STATE`, `SELECT`, `BACKUP LOG`. */
  permission: string;
  /** What it was wanted on, `database.object` as the server names it; `none` when it does not say. */
  object: string;
}

/**
 * The permission that a refusal of SQL Server names (errors 229, 230, 262, 297, 300 …), null when it names none. Texts
 * come in the language of the login; the permission stands in them in capitals, objects in quotes.
 */
export function deniedPermission(message: string): DeniedPermission | null {
  const quoted = [...message.matchAll(/['"“”‘’«»]([^'"“”‘’«»]*)['"“”‘’«»]/g)].map((match) => match[1] ?? "");
  const bare = message.replace(/['"“”‘’«»][^'"“”‘’«»]*['"“”‘’«»]/g, " ");
  const permission = /\b(?:[A-Z]{3,}(?: [A-Z]{2,}){0,4})\b/.exec(bare)?.[0];
  if (permission === undefined || !PERMISSION.test(permission)) return null;
  const [object = "", database = ""] = quoted.filter((name) => name !== "");
  return { permission, object: [database, object].filter((name) => name !== "").join(".") || "none" };
}

const PERMISSION =
  /^(SELECT|INSERT|UPDATE|DELETE|EXECUTE|ALTER|CONTROL|CONNECT|REFERENCES|IMPERSONATE|(VIEW|CREATE|ALTER|BACKUP|CONTROL|ADMINISTER|CONNECT|RESTORE)( [A-Z]+)+)$/;
