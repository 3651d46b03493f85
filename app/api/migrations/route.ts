import { MigrationView } from "@/lib/contracts/migration";
import { MigrationListView } from "@/lib/contracts/migration-list";
import { CreateDraftBody } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { createDraft } from "@/lib/services/draft/create-draft";
import { listMigrations } from "@/lib/services/migration/list-migrations";

export const GET = route({
  role: "viewer",
  scope: "filtered",
  output: MigrationListView,
  handler: ({ ctx }) => listMigrations({ ctx, input: {} }),
});

export const POST = route({
  role: "operator",
  scope: ({ body }) => ({ draft: body.draft ?? null }),
  body: CreateDraftBody,
  output: MigrationView,
  status: 201,
  handler: ({ ctx, body }) => createDraft({ ctx, input: body }),
});
