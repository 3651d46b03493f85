import { ArchiveInput } from "@/lib/contracts/archive";
import { MigrationView } from "@/lib/contracts/migration";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { archiveMigration } from "@/lib/services/migration/archive-migration";

export const POST = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  body: ArchiveInput,
  output: MigrationView,
  handler: ({ ctx, params, body }) => archiveMigration({ ctx, input: { migrationId: params.id, ...body } }),
});
