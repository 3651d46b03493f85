import type { Directory, DirectorySettings } from "@/lib/identity/directory/directory";
import { dnKey } from "@/lib/identity/directory/directory-text";
import type { OpenIdProvider, OpenIdSettings } from "@/lib/identity/openid/openid-provider";
import type { IdentitySources } from "@/lib/identity/sources/identity-sources";
import type { IdentitySettings } from "./identity-config";

/** Who else knows people. A library is loaded with the first of them who comes. */
export function createIdentity({ openid, directory }: IdentitySettings): IdentitySources {
  return {
    provider: openid && openIdProvider(openid),
    directory: directory && directoryOf(directory),
  };
}

function directoryOf(settings: DirectorySettings): Directory {
  const load = async () => {
    const { connectDirectory } = await import("@/lib/identity/directory/connect-directory");
    return connectDirectory(settings);
  };
  return {
    ...{ name: settings.name, issuer: dnKey(settings.base) },
    identify: async (name, password) => (await load()).identify(name, password),
    lookAgain: async (subject) => (await load()).lookAgain(subject),
  };
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
