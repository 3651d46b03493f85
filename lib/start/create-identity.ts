import type { OpenIdProvider, OpenIdSettings } from "@/lib/identity/openid/openid-provider";
import type { IdentitySources } from "@/lib/identity/sources/identity-sources";
import type { IdentitySettings } from "./identity-config";

/** Who else knows people. A library is loaded with the first of them who comes. */
export function createIdentity({ openid }: IdentitySettings): IdentitySources {
  return { provider: openid && openIdProvider(openid) };
}

function openIdProvider(settings: OpenIdSettings): OpenIdProvider {
  const { name, issuer } = settings;
  const load = async () => {
    const { connectOpenIdProvider } = await import("@/lib/identity/openid/connect-openid-provider");
    return connectOpenIdProvider(settings);
  };
  return {
    ...{ name, issuer },
    begin: async (attempt) => (await load()).begin(attempt),
    finish: async (attempt, answer) => (await load()).finish(attempt, answer),
    signOutUrl: async (returnTo) => (await load()).signOutUrl(returnTo),
  };
}
