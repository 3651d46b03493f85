import type { Ctx } from "@/lib/context/context";
import { coversFolders, type FolderPair } from "@/lib/migration/folder-pair";
import { readApprovedFolders } from "@/lib/store/read-approved-folders";

/** Whether a pair of folders was approved by an administrator. Those of a sandbox beside us are its own. */
export async function mayUseFolders(
  { system }: Pick<Ctx, "system">,
  db: Parameters<typeof readApprovedFolders>[0],
  pair: FolderPair,
): Promise<boolean> {
  const { sandbox } = system;
  if (sandbox && coversFolders({ source: sandbox.sourceFolder, local: sandbox.localFolder }, pair))
    return true;
  const { folders } = await readApprovedFolders(db);
  return folders.some((approved) => coversFolders(approved, pair));
}
