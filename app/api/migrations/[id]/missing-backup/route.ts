import { MissingBackupView } from "@/lib/contracts/missing-backup";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { findMissingBackup } from "@/lib/services/migration/find-missing-backup";

export const GET = route({
  role: "viewer",
  scope: thatMigration,
  params: IdParams,
  output: MissingBackupView,
  handler: ({ ctx, params }) => findMissingBackup({ ctx, input: { migrationId: params.id } }),
});
