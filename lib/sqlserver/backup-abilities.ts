import type { ServerIdentity } from "./source-server";

/** Characters of a backup device's path: SQL Server takes no longer one. */
export const LONGEST_DEVICE_PATH = 259;

/**
 * Whether BACKUP … WITH COMPRESSION is taken, else error 1844: not by Web and Express, by 2008 only as Enterprise,
 * Developer and Evaluation, by 2005 never. Every later edition restores a compressed backup.
 * https://learn.microsoft.com/sql/relational-databases/backup-restore/backup-compression-sql-server
 */
export function canCompress({
  edition,
  productVersion,
}: Pick<ServerIdentity, "edition" | "productVersion">): boolean {
  if (productVersion.startsWith("9.")) return false;
  const large = /^(Enterprise|Developer|Evaluation|Data Center)/i;
  if (productVersion.startsWith("10.0")) return large.test(edition);
  return large.test(edition) || /^(Standard|Business Intelligence)/i.test(edition);
}
