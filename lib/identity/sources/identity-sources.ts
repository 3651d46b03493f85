import type { Directory } from "../directory/directory";
import type { OpenIdProvider } from "../openid/openid-provider";

/** Who else than the product itself knows people. */
export interface IdentitySources {
  provider: OpenIdProvider | null;
  directory: Directory | null;
}
