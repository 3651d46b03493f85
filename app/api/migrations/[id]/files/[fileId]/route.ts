import { BackupFileHeaderView } from "@/lib/contracts/missing-backup";
import { FileParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { getFileHeader } from "@/lib/services/migration/get-file-header";

export const GET = route({
  role: "viewer",
  params: FileParams,
  output: BackupFileHeaderView,
  handler: ({ ctx, params }) =>
    getFileHeader({ ctx, input: { migrationId: params.id, fileId: params.fileId } }),
});
