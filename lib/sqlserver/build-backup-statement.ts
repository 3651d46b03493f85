import { ExternalError } from "@/lib/diagnosis/external-error";
import { LONGEST_DEVICE_PATH } from "./backup-abilities";
import { loadStatement } from "./load-statement";
import type { SourceBackupRequest } from "./source-server";

export interface BackupStatement {
  text: string;
  parameters: { db: string; path: string; name: string; desc: string };
}

/**
 * The BACKUP for a request: names and paths are parameters, options come from closed lists.
 * Throws ExternalError `invalid` for what BACKUP itself would cut off or refuse: NAME is the key a dropped connection
 * is found again by, so it must arrive whole (128 characters; paths 259).
 */
export function buildBackupStatement(request: SourceBackupRequest): BackupStatement {
  if (request.name.length === 0 || request.name.length > 128) {
    throw invalid("The backup's NAME must have 1 to 128 characters.");
  }
  if (request.path.length === 0 || request.path.length > LONGEST_DEVICE_PATH) {
    throw invalid("The backup's path must have 1 to 259 characters.");
  }
  if (request.noRecovery === true && (request.kind !== "log" || request.copyOnly === true)) {
    throw invalid("NORECOVERY belongs to a log backup that is not COPY_ONLY.");
  }
  const compression = request.compression ? "COMPRESSION" : "NO_COMPRESSION";
  const copyOnly = request.copyOnly === true ? "COPY_ONLY, " : "";
  return {
    text: loadStatement(statementOf(request), { compression, copy_only: copyOnly }),
    parameters: {
      db: request.database,
      path: request.path,
      name: request.name,
      desc: request.description.slice(0, 255),
    },
  };
}

function statementOf(request: SourceBackupRequest) {
  switch (request.kind) {
    case "full":
      return "backup-full";
    case "differential":
      return "backup-differential";
    case "log":
      return request.noRecovery === true ? "backup-log-tail" : "backup-log";
  }
}

function invalid(message: string): ExternalError {
  return new ExternalError({
    system: "sql_server",
    kind: "invalid",
    providerCode: null,
    providerMessage: message,
    providerRequestId: null,
    mayHaveHappened: false,
  });
}
