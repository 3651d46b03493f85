import { MigrationView, SaveDraftInput } from "@/lib/contracts/migration";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { saveDraft } from "@/lib/services/draft/save-draft";

export const PUT = route({
  role: "operator",
  scope: ({ params, body }) => ({ migrationId: params.id, draft: body.draft }),
  params: IdParams,
  body: SaveDraftInput,
  output: MigrationView,
  handler: ({ ctx, params, body }) =>
    saveDraft({ ctx, input: { migrationId: params.id, draft: body.draft } }),
});
