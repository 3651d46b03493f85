import { z } from "zod";
import { backupDownload } from "@/lib/server/download";
import { route } from "@/lib/server/route";
import { exportRecord } from "@/lib/services/store/backup-store";

/** A POST: it takes rows out of the store as they are, and no link shall start that. */
export const POST = route({
  role: "administrator",
  proof: "always",
  body: z.object({ migrationId: z.string() }),
  output: null,
  handler: async ({ ctx, body }) => backupDownload(await exportRecord({ ctx, input: body })),
});
