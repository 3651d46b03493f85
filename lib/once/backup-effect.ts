import { z } from "zod";
import { BACKUP_KINDS } from "@/lib/backup/backup-kind";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import type { OnceCall } from "@/lib/store/generated/client";
import { type Look, type OnceEffect, type OnceTarget, type OnceWorld, sourceSubject } from "./once-effect";

/** One BACKUP, and where its file will be. */
export const BackupCallRequest = z.object({
  database: z.string(),
  kind: z.enum(BACKUP_KINDS),
  /** Unique: msdb is asked for it. */
  name: z.string(),
  description: z.string(),
  /** As SQL Server names it. */
  path: z.string(),
  noRecovery: z.boolean(),
  compression: z.boolean(),
  /** Outside of the source's own chain: neither a base of differentials nor a link of logs. */
  copyOnly: z.boolean().default(false),
  fileName: z.string(),
  /** As this process names it. */
  localPath: z.string(),
  objectKey: z.string(),
});
export type BackupCallRequest = z.infer<typeof BackupCallRequest>;

/** The row of a backup: its NAME tells it from every other. */
export function backupTarget(
  input: { connectionId: string; database: string; name: string },
  owner: Pick<OnceTarget, "migrationId" | "stepId" | "fileId">,
): OnceTarget {
  const { connectionId, database, name } = input;
  return {
    subject: sourceSubject(connectionId, database),
    item: name,
    connectionId,
    instanceId: null,
    databaseName: database,
    ...owner,
  };
}

/** BACKUP through SQL Server. A lost connection ends the statement or leaves it running: msdb and the sessions tell which. */
export const backupEffect: OnceEffect<BackupCallRequest> = {
  kind: "backup",
  graceMs: (lookGraceMs) => lookGraceMs,
  call: async ({ clients, connectionId }, request, hooks) => {
    const { database, kind, path, name, description, noRecovery, compression, copyOnly } = request;
    const source = await clients.source(connectionId);
    const options = { noRecovery, compression, copyOnly };
    await source.backup({ database, kind, path, name, description, ...options }, hooks);
    return { reference: null, requestId: null };
  },
  look: lookForBackup,
  stands: lookForBackup,
};

async function lookForBackup({ clients, connectionId }: OnceWorld, call: OnceCall): Promise<Look> {
  const { database, name, noRecovery } = BackupCallRequest.parse(call.request);
  const source = await clients.source(connectionId);
  // Sessions first: a backup that ends in between is in msdb by the second question.
  const running = await source.listRunningBackups(database);
  const row = await source.findBackup({ database, name });
  if (row?.finishedAtLocal) return { state: "found", reference: row.backupSetGuid };
  if (running.length > 0) return { state: "under_way" };
  if (!noRecovery) return { state: "absent" };
  const found = await source.findDatabase(database);
  // RESTORING without our row in msdb: somebody (or something) else took the tail.
  return found?.state === "RESTORING"
    ? { state: "unclear", failure: ruleFailure("tail_backup_unclear", { database }) }
    : { state: "absent" };
}
