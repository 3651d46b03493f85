import { MigrationView } from "@/lib/contracts/migration";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { cloneDraft } from "@/lib/services/draft/clone-draft";

export const POST = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  output: MigrationView,
  handler: ({ ctx, params }) => cloneDraft({ ctx, input: { migrationId: params.id } }),
});
