import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { toBackupSetView } from "@/lib/contracts/backup-set-view";
import type { ObjectHeaderView } from "@/lib/contracts/catalog";
import { readObjectBackup } from "@/lib/oss/read-object-backup";
import { loadConnection } from "@/lib/store/load-connection";

/** What an object's header says. An object that is no backup is an answer (`error`), not a failure. */
export async function readObjectHeader({
  ctx,
  input,
}: Use<{ connectionId: string; bucket: string; key: string }>): Promise<ObjectHeaderView> {
  requireRole(ctx.actor, "operator");
  await loadConnection(ctx.db, input.connectionId, "cloud_account");
  const reading = await readObjectBackup(await ctx.clients.objects(input.connectionId), input);
  const base = {
    key: input.key,
    sizeBytes: reading.sizeBytes,
    reads: reading.reads,
    bytesRead: reading.bytesRead,
  };
  if (!reading.ok) return { ...base, complete: false, container: null, sets: [], error: reading.error };
  return {
    ...base,
    complete: reading.complete,
    container: reading.container,
    sets: reading.sets.map(toBackupSetView),
    error: null,
  };
}
