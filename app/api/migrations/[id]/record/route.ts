import { jsonDownload } from "@/lib/server/download";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { readRecord } from "@/lib/services/record/read-record";

export const GET = route({
  role: "viewer",
  scope: thatMigration,
  noted: "calls",
  params: IdParams,
  output: null,
  handler: async ({ ctx, params }) => {
    const record = await readRecord({ ctx, input: { migrationId: params.id } });
    return jsonDownload(record, `record-${params.id}.json`);
  },
});
