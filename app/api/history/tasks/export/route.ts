import { HistoryFilter } from "@/lib/contracts/history";
import { csvStream } from "@/lib/server/download";
import { route } from "@/lib/server/route";
import { historyCsv } from "@/lib/services/history/history-csv";

export const GET = route({
  role: "viewer",
  scope: "filtered",
  noted: "calls",
  query: HistoryFilter,
  output: null,
  handler: async ({ ctx, query }) =>
    csvStream(await historyCsv({ ctx, input: { kind: "tasks", filter: query } }), "tasks.csv"),
});
