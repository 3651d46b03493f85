import { PasskeyName } from "@/lib/contracts/passkey";
import { IdParams } from "@/lib/server/params";
import { noContent, route } from "@/lib/server/route";
import { renamePasskey, revokePasskey } from "@/lib/services/people/passkeys";

const own = { role: "viewer", scope: "nothing", noted: "refusals", params: IdParams, output: null } as const;

export const PUT = route({
  ...own,
  body: PasskeyName,
  handler: async ({ ctx, params, body }) => {
    await renamePasskey({ ctx, input: { ...params, ...body } });
    return noContent();
  },
});

export const DELETE = route({
  ...own,
  proof: "always",
  handler: ({ ctx, params }) => revokePasskey({ ctx, input: params }).then(noContent),
});
