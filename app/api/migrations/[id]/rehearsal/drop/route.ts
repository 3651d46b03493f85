import { DropRehearsalInput, MigrationView } from "@/lib/contracts/migration";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { dropRehearsal } from "@/lib/services/record/drop-rehearsal";

export const POST = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  proof: "beyond_sandbox",
  body: DropRehearsalInput,
  output: MigrationView,
  handler: ({ ctx, params, body }) => dropRehearsal({ ctx, input: { migrationId: params.id, drop: body } }),
});
