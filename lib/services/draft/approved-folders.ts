import type { Ctx, Tx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { ApprovedFolders } from "@/lib/contracts/approved-folders";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import { type FolderPair, foldersOf } from "@/lib/migration/folder-pair";
import { isApproved, isOfSandbox } from "@/lib/preflight/world/may-use-folders";
import { lockStarts } from "@/lib/store/lock-starts";
import { APPROVED_FOLDERS, readApprovedFolders } from "@/lib/store/read-approved-folders";

/** The folders that people who run migrations may use. */
export async function getApprovedFolders({ ctx }: { ctx: Ctx }): Promise<ApprovedFolders> {
  requireRole(ctx.actor, "viewer");
  return readApprovedFolders(ctx.db);
}

/** Sets them all. What runs in one that is left out is not touched; nothing new begins in it. */
export async function saveApprovedFolders({ ctx, input }: Use<ApprovedFolders>): Promise<ApprovedFolders> {
  requireRole(ctx.actor, "administrator");
  await ctx.db.$transaction((tx) => write(tx, input));
  return input;
}

/**
 * Whether a draft's folders may be used by whoever starts it: SQL Server writes there with its own account, this process reads there with
 * its own. An administrator approves them by starting; anybody else, and the engine, needs them approved.
 * @throws AppError `folders_not_approved` (params source, local).
 */
export async function requireFolders(ctx: Ctx, tx: Tx, draft: MigrationDraft): Promise<void> {
  const pair = foldersOf(draft);
  if (pair === null || (await isApproved(tx, pair))) return;
  const { source, local } = pair;
  const isAdministrator = ctx.actor.kind === "person" && ctx.actor.role === "administrator";
  if (!isAdministrator && !isOfSandbox(ctx, pair))
    throw new AppError("forbidden", "folders_not_approved", { source: source ?? "", local });
  // Also those of a sandbox beside us: a worker in another process knows of none.
  await approve(tx, pair);
}

/** What was started, by whom and in which folders is in the audit by the call that started it. */
async function approve(tx: Tx, pair: FolderPair): Promise<void> {
  // Two who approve at once do not lose one another's.
  await lockStarts(tx);
  const { folders } = await readApprovedFolders(tx);
  await write(tx, { folders: [...folders, pair] });
}

async function write(tx: Tx, value: ApprovedFolders): Promise<void> {
  await tx.setting.upsert({
    where: { key: APPROVED_FOLDERS },
    create: { key: APPROVED_FOLDERS, value },
    update: { value },
  });
}
