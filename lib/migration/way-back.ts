import type { ServerRelease } from "./server-release";

/** Whether what RDS will have written can come back to the source by a backup of RDS's. */
export const WAY_BACK_RULES = ["possible", "newer_target", "unknown"] as const;
export type WayBackRule = (typeof WAY_BACK_RULES)[number];

/**
 * An older SQL Server never restores a backup of a newer one, whatever the database's compatibility level (message 3169); an equal or
 * newer one does. Null: nobody knows the release, and nothing is promised.
 * https://learn.microsoft.com/sql/t-sql/statements/restore-statements-transact-sql#compatibility-support
 */
export function judgeWayBack(source: ServerRelease | null, target: ServerRelease | null): WayBackRule {
  if (source === null || target === null) return "unknown";
  return source.rank >= target.rank ? "possible" : "newer_target";
}
