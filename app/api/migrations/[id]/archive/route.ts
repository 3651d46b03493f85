import { ArchiveInput, MigrationView } from "@/lib/contracts/migration";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { archiveMigration } from "@/lib/services/migration/archive-migration";

export const POST = route({
  role: "operator",
  params: IdParams,
  body: ArchiveInput,
  output: MigrationView,
  handler: ({ ctx, params, body }) => archiveMigration({ ctx, input: { migrationId: params.id, ...body } }),
});
