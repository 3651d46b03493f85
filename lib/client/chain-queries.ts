import { queryOptions } from "@tanstack/react-query";
import type { MigrationView } from "@/lib/contracts/migration";
import { BackupFileHeaderView, MissingBackupView } from "@/lib/contracts/missing-backup";
import { apiGet } from "./api";
import { migrationPath } from "./migration-keys";

const WAITING = new Set(["file_refused", "upload_next_file"]);
/** Others go on taking backups while one looks. */
const ASK_AGAIN_MS = 30_000;

type Waiting = Pick<MigrationView, "id" | "needs"> & { chain: Pick<MigrationView["chain"], "targetLsn"> };

/** Which backup the migration waits for and where the source says that it lies; asked only while it waits for one. */
export function missingBackupQuery({ id, needs, chain }: Waiting) {
  // An alarm about the source comes before the file that was refused for it; the hole is the same.
  const drifted = needs?.key === "drift" && chain.targetLsn !== null;
  const waits = drifted || (needs !== null && WAITING.has(needs.key));
  return queryOptions({
    queryKey: ["migrations", "missing-backup", id, chain.targetLsn, needs?.key, needs?.params.file] as const,
    queryFn: ({ signal }) => apiGet(`${migrationPath(id)}/missing-backup`, MissingBackupView, { signal }),
    enabled: waits,
    staleTime: ASK_AGAIN_MS / 2,
    refetchInterval: ASK_AGAIN_MS,
  });
}

/** What a file's header says. `version` is its size and state: a file is read again when it was written again. */
export function fileHeaderQuery(id: string, fileId: string, version: string) {
  return queryOptions({
    queryKey: ["migrations", "file-header", id, fileId, version] as const,
    queryFn: ({ signal }) =>
      apiGet(`${migrationPath(id)}/files/${encodeURIComponent(fileId)}`, BackupFileHeaderView, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
