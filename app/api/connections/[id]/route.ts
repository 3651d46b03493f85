import { ConnectionView } from "@/lib/contracts/connection";
import { UpdateConnectionInput } from "@/lib/contracts/connection-input";
import { ConnectionParams } from "@/lib/server/params";
import { noContent, route } from "@/lib/server/route";
import { archiveConnection } from "@/lib/services/connection/archive-connection";
import { getConnection } from "@/lib/services/connection/get-connection";
import { updateConnection } from "@/lib/services/connection/update-connection";

export const GET = route({
  role: "viewer",
  scope: ({ params }) => params,
  params: ConnectionParams,
  output: ConnectionView,
  handler: ({ ctx, params }) => getConnection({ ctx, input: params }),
});
const administered = { role: "administrator", proof: "always", params: ConnectionParams } as const;
export const PUT = route({
  ...administered,
  before: ({ ctx, params }) => getConnection({ ctx, input: params }),
  body: UpdateConnectionInput,
  output: ConnectionView,
  handler: ({ ctx, params, body }) => updateConnection({ ctx, input: { ...params, save: body } }),
});
export const DELETE = route({
  ...administered,
  before: ({ ctx, params }) => getConnection({ ctx, input: params }),
  output: null,
  handler: ({ ctx, params }) => archiveConnection({ ctx, input: params }).then(noContent),
});
