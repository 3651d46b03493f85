import { SharedInput, SharedView } from "@/lib/contracts/share";
import { route } from "@/lib/server/route";
import { readShared } from "@/lib/services/share/read-shared";

/** Reads, though it is a POST: what opens it stands in no address and in no log. */
export const POST = route({
  role: null,
  noted: "refusals",
  body: SharedInput,
  output: SharedView,
  handler: ({ ctx, body }) => readShared({ ctx, input: body }),
});
