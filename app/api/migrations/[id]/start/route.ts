import { MigrationView, StartMigrationInput } from "@/lib/contracts/migration";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { startMigration } from "@/lib/services/draft/start-migration";

export const POST = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  body: StartMigrationInput,
  output: MigrationView,
  handler: ({ ctx, params, body }) =>
    startMigration({ ctx, input: { migrationId: params.id, reviewed: body.reviewed } }),
});
