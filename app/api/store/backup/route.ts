import { backupDownload } from "@/lib/server/download";
import { route } from "@/lib/server/route";
import { backupStore } from "@/lib/services/store/backup-store";

/** A POST: it reads the whole store, and no link shall start that. */
export const POST = route({
  role: "administrator",
  proof: "always",
  output: null,
  handler: async ({ ctx }) => backupDownload(await backupStore({ ctx, input: null })),
});
