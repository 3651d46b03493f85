import { isExternalError } from "@/lib/diagnosis/external-error";
import type { RdsAccount, RdsFile } from "./rds-account";

/** What RDS answers where its edition has no DescribeOssDownloads (the SDK names 2017 EE and 2019 EE). */
const NOT_ON_THIS_EDITION: ReadonlySet<string | null> = new Set([
  "UnsupportedOperation",
  "EngineNotSupported",
  "EngineVersionNotSupported",
]);

/** Whether RDS says that its edition lists no files of tasks. */
export function listsNoFiles(error: unknown): boolean {
  return isExternalError(error) && NOT_ON_THIS_EDITION.has(error.fields.providerCode);
}

/** The files of a task; null where RDS's edition lists none. Throws ExternalError for everything else. */
export async function listFilesIfTold(
  rds: Pick<RdsAccount, "listFiles">,
  query: { instanceId: string; taskId: string },
): Promise<RdsFile[] | null> {
  try {
    return await rds.listFiles(query);
  } catch (error) {
    if (listsNoFiles(error)) return null;
    throw error;
  }
}
