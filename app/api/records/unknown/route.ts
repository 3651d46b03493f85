import { csvDownload } from "@/lib/server/download";
import { route } from "@/lib/server/route";
import { listUnknownMessages, unknownMessagesCsv } from "@/lib/services/record/list-unknown-messages";

export const GET = route({
  role: "viewer",
  noted: "calls",
  output: null,
  handler: async ({ ctx }) =>
    csvDownload(unknownMessagesCsv(await listUnknownMessages({ ctx })), "unknown-messages.csv"),
});
