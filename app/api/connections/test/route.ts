import { ConnectionTest } from "@/lib/contracts/connection";
import { SaveConnectionInput } from "@/lib/contracts/connection-input";
import { route } from "@/lib/server/route";
import { testUnsavedConnection } from "@/lib/services/connection/test-unsaved-connection";

export const POST = route({
  role: "administrator",
  body: SaveConnectionInput,
  output: ConnectionTest,
  handler: ({ ctx, body }) => testUnsavedConnection({ ctx, input: body }),
});
