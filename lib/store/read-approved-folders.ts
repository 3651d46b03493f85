import { ApprovedFolders } from "@/lib/contracts/approved-folders";
import { AppError } from "@/lib/diagnosis/app-error";
import type { PrismaClient } from "./generated/client";

/** Its row of `Setting`. */
export const APPROVED_FOLDERS = "approved_folders";

/** What administrators approved. Throws `internal` for what another version wrote: nothing is allowed by mistake. */
export async function readApprovedFolders(db: Pick<PrismaClient, "setting">): Promise<ApprovedFolders> {
  const row = await db.setting.findUnique({ where: { key: APPROVED_FOLDERS } });
  if (row === null) return { folders: [] };
  const read = ApprovedFolders.safeParse(row.value);
  if (read.success) return read.data;
  const at = { table: "Setting", id: APPROVED_FOLDERS, column: "value" };
  throw new AppError("internal", "stored_value_unreadable", at);
}
