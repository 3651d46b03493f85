import type { Directory } from "../directory/directory";
import type { OpenIdProvider } from "../openid/openid-provider";
import type { Passkeys } from "../passkey/passkeys";

/** By whom people are known beside their passwords here: who else has them, and their own devices. */
export interface IdentitySources {
  provider: OpenIdProvider | null;
  directory: Directory | null;
  /** Judges what people's own devices have signed. */
  passkeys: Passkeys;
}
