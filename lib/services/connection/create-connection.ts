import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { ConnectionView } from "@/lib/contracts/connection";
import { SaveConnectionInput } from "@/lib/contracts/connection-input";
import { toConnectionView } from "./connection-view";
import { packSecret } from "./pack-secret";
import { withPlainAddress } from "./plain-address";
import { secretRow } from "./secret-row";

/** Saves a new connection; the secret is sealed before it reaches the store. It need not have been tested. */
export async function createConnection({ ctx, input }: Use<SaveConnectionInput>): Promise<ConnectionView> {
  requireRole(ctx.actor, "administrator");
  const save = withPlainAddress(SaveConnectionInput.parse(input));
  const { kind, name, settings } = save;
  const id = ctx.newId();
  const row = await ctx.db.connection.create({
    data: {
      id,
      kind,
      name,
      config: settings,
      secretSealed: ctx.sealer.seal(packSecret(save), secretRow(id)),
    },
  });
  await ctx.sandboxHand.noteReal();
  return toConnectionView(row, 0);
}
