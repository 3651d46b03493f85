import { MigrationView } from "@/lib/contracts/migration";
import { CreateDraftBody, ListQuery } from "@/lib/server/params";
import { jsonText, route } from "@/lib/server/route";
import { createDraft } from "@/lib/services/draft/create-draft";
import { listMigrationsJson } from "@/lib/services/migration/list-migrations";

export const GET = route({
  role: "viewer",
  scope: "filtered",
  query: ListQuery,
  output: null,
  handler: async ({ ctx, query }) => jsonText(await listMigrationsJson({ ctx, input: query })),
});

export const POST = route({
  role: "operator",
  scope: ({ body }) => ({ draft: body.draft ?? null }),
  body: CreateDraftBody,
  output: MigrationView,
  status: 201,
  handler: ({ ctx, body }) => createDraft({ ctx, input: body }),
});
