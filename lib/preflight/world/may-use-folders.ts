import type { Ctx } from "@/lib/context/context";
import { coversFolders, type FolderPair } from "@/lib/migration/folder-pair";
import { readApprovedFolders } from "@/lib/store/read-approved-folders";

/** Whether a pair of folders is of a sandbox beside us, which has them as its own. */
export function isOfSandbox({ system: { sandbox } }: Pick<Ctx, "system">, pair: FolderPair): boolean {
  if (!sandbox) return false;
  return coversFolders({ source: sandbox.sourceFolder, local: sandbox.localFolder }, pair);
}

/** Whether an administrator has approved a pair of folders. */
export async function isApproved(
  db: Parameters<typeof readApprovedFolders>[0],
  pair: FolderPair,
): Promise<boolean> {
  const { folders } = await readApprovedFolders(db);
  return folders.some((approved) => coversFolders(approved, pair));
}

/** Whether a pair of folders may be used by whoever is no administrator. */
export async function mayUseFolders(
  ctx: Pick<Ctx, "system">,
  db: Parameters<typeof readApprovedFolders>[0],
  pair: FolderPair,
): Promise<boolean> {
  return isOfSandbox(ctx, pair) || (await isApproved(db, pair));
}
