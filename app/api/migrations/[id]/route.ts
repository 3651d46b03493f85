import { MigrationView } from "@/lib/contracts/migration";
import { IdParams } from "@/lib/server/params";
import { noContent, route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { deleteDraft } from "@/lib/services/draft/delete-draft";
import { getMigration } from "@/lib/services/migration/get-migration";

export const GET = route({
  role: "viewer",
  scope: thatMigration,
  params: IdParams,
  output: MigrationView,
  handler: ({ ctx, params }) => getMigration({ ctx, input: { migrationId: params.id } }),
});

export const DELETE = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  output: null,
  handler: ({ ctx, params }) => deleteDraft({ ctx, input: { migrationId: params.id } }).then(noContent),
});
