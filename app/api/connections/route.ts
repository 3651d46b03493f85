import { ConnectionListView, ConnectionView } from "@/lib/contracts/connection";
import { SaveConnectionInput } from "@/lib/contracts/connection-input";
import { route } from "@/lib/server/route";
import { createConnection } from "@/lib/services/connection/create-connection";
import { listConnections } from "@/lib/services/connection/list-connections";

export const GET = route({
  role: "viewer",
  scope: "filtered",
  output: ConnectionListView,
  handler: ({ ctx }) => listConnections({ ctx, input: {} }),
});

export const POST = route({
  role: "administrator",
  proof: "always",
  body: SaveConnectionInput,
  output: ConnectionView,
  status: 201,
  handler: ({ ctx, body }) => createConnection({ ctx, input: body }),
});
