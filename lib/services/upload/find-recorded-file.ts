import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { RecordedFileView } from "@/lib/contracts/browser-upload";
import { setOfHistory } from "@/lib/steps/find-file/set-of-history";
import { headerJson } from "@/lib/store/header-columns";
import { loadPlace } from "./load-upload";

/**
 * What a file is that somebody dropped and whose bytes cannot be read here, by the history of the migration's source: a backup
 * that the source itself took needs nobody's word. Throws `not_found` and `conflict` as `loadPlace` does.
 */
export async function findRecordedFile({
  ctx,
  input,
}: Use<{ migrationId: string; name: string; sizeBytes: number }>): Promise<RecordedFileView> {
  requireRole(ctx.actor, "operator");
  const { migration } = await loadPlace(ctx, input.migrationId);
  const { name: file, sizeBytes } = input;
  const set = await setOfHistory(ctx, migration.sourceConnectionId, { file, sizeBytes });
  return { header: set && headerJson(set) };
}
