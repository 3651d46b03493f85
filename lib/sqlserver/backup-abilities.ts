import { majorOf } from "./server-version";
import type { ServerIdentity, SourceBackupRow } from "./source-server";

/** Characters of a backup device's path: SQL Server takes no longer one. */
export const LONGEST_DEVICE_PATH = 259;

/** SERVERPROPERTY('EngineEdition'): 3 is the engine of Enterprise, Developer and Evaluation, 4 that of Express. */
const ENTERPRISE_ENGINE = 3;
const EXPRESS_ENGINE = 4;
/** The keyword came with SQL Server 2008, in the large engine; its R2 has it in the standard one too. */
const FIRST_MAJOR = 10;

/**
 * Whether BACKUP … WITH COMPRESSION is taken, by what the server answers: its engine, its version and the backups that it
 * has taken. Editions are not listed: `unproven` is tried, and a server that refuses it (error 1844, before a byte is
 * written) is asked again without.
 * https://learn.microsoft.com/sql/relational-databases/backup-restore/backup-compression-sql-server
 */
export function compressionAbility(
  { engineEdition, productVersion }: Pick<ServerIdentity, "engineEdition" | "productVersion">,
  history: readonly Pick<SourceBackupRow, "sizeBytes" | "compressedSizeBytes">[] = [],
): "proven" | "unproven" | "none" {
  if (engineEdition === EXPRESS_ENGINE || majorOf(productVersion) < FIRST_MAJOR) return "none";
  if (engineEdition === ENTERPRISE_ENGINE) return "proven";
  const compressed = history.some(
    ({ sizeBytes, compressedSizeBytes }) => compressedSizeBytes !== null && compressedSizeBytes < sizeBytes,
  );
  return compressed ? "proven" : "unproven";
}
