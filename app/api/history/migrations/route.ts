import { HistoryFilter, HistoryMigrationPage } from "@/lib/contracts/history";
import { route } from "@/lib/server/route";
import { findMigrations } from "@/lib/services/history/find-migrations";

export const GET = route({
  role: "viewer",
  scope: "filtered",
  query: HistoryFilter,
  output: HistoryMigrationPage,
  handler: ({ ctx, query }) => findMigrations({ ctx, input: query }),
});
