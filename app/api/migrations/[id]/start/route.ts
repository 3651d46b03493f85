import { MigrationView } from "@/lib/contracts/migration";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { startMigration } from "@/lib/services/draft/start-migration";

export const POST = route({
  role: "operator",
  params: IdParams,
  output: MigrationView,
  handler: ({ ctx, params }) => startMigration({ ctx, input: { migrationId: params.id } }),
});
