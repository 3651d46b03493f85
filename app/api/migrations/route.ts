import { MigrationView } from "@/lib/contracts/migration";
import { CreateDraftBody } from "@/lib/server/params";
import { jsonText, route } from "@/lib/server/route";
import { createDraft } from "@/lib/services/draft/create-draft";
import { listMigrationsJson } from "@/lib/services/migration/list-migrations";

export const GET = route({
  role: "viewer",
  scope: "filtered",
  output: null,
  handler: async ({ ctx }) => jsonText(await listMigrationsJson({ ctx, input: {} })),
});

export const POST = route({
  role: "operator",
  scope: ({ body }) => ({ draft: body.draft ?? null }),
  body: CreateDraftBody,
  output: MigrationView,
  status: 201,
  handler: ({ ctx, body }) => createDraft({ ctx, input: body }),
});
