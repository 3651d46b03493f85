import { RecoveredView, RecoveryInput } from "@/lib/contracts/people";
import { route } from "@/lib/server/route";
import { recoverAdministrator } from "@/lib/services/people/administrators";

/** For `chainferry recover` on the machine itself, while the server has the store. */
export const POST = route({
  role: "administrator",
  proof: "always",
  noted: "refusals",
  body: RecoveryInput,
  output: RecoveredView,
  handler: ({ ctx, body }) => recoverAdministrator({ ctx, input: body }),
});
