import { BackupFileHeaderView } from "@/lib/contracts/missing-backup";
import { FileParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { getFileHeader } from "@/lib/services/migration/get-file-header";

export const GET = route({
  role: "viewer",
  scope: thatMigration,
  params: FileParams,
  output: BackupFileHeaderView,
  handler: ({ ctx, params }) =>
    getFileHeader({ ctx, input: { migrationId: params.id, fileId: params.fileId } }),
});
