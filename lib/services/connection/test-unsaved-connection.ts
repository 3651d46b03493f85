import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { ConnectionTest } from "@/lib/contracts/connection";
import { SaveConnectionInput } from "@/lib/contracts/connection-input";
import { packSecret } from "./pack-secret";
import { withPlainAddress } from "./plain-address";
import { runTest } from "./run-test";

/** Tests settings as they stand in the form. Nothing is stored. Administrators only: it reaches any address given. */
export async function testUnsavedConnection({
  ctx,
  input,
}: Use<SaveConnectionInput>): Promise<ConnectionTest> {
  requireRole(ctx.actor, "administrator");
  const save = withPlainAddress(SaveConnectionInput.parse(input));
  return runTest(ctx, save, packSecret(save));
}
