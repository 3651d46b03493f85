import type { BackupSet } from "@/lib/backup/header";
import type { Ctx } from "@/lib/context/context";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { isOfSize } from "./ask-witnesses";

/**
 * What the msdb of a source recorded of a file, by its name and size in bytes, where it knows exactly one. Null: it knows none,
 * or several, or could not be asked now, which is written to the log.
 */
export async function setOfHistory(
  ctx: Ctx,
  sourceConnectionId: string | null,
  of: { file: string; sizeBytes: number },
): Promise<BackupSet | null> {
  if (sourceConnectionId === null) return null;
  try {
    const source = await ctx.clients.source(sourceConnectionId);
    const sets = await source.findRecordedSets({ file: of.file });
    return sets.length === 1 && isOfSize(sets, of.sizeBytes) ? (sets[0] ?? null) : null;
  } catch (error) {
    if (!isExternalError(error)) throw error;
    ctx.log.warn({ err: error, file: of.file }, "the source could not be asked what a file is");
    return null;
  }
}
