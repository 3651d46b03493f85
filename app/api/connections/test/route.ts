import { ConnectionTest, SaveConnectionInput } from "@/lib/contracts/connection";
import { route } from "@/lib/server/route";
import { testUnsavedConnection } from "@/lib/services/connection/test-unsaved-connection";

export const POST = route({
  role: "administrator",
  body: SaveConnectionInput,
  output: ConnectionTest,
  handler: ({ ctx, body }) => testUnsavedConnection({ ctx, input: body }),
});
