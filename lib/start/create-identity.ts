import type { Directory, DirectorySettings } from "@/lib/identity/directory/directory";
import { dnKey } from "@/lib/identity/directory/directory-text";
import type { OpenIdProvider, OpenIdSettings } from "@/lib/identity/openid/openid-provider";
import type { Passkeys } from "@/lib/identity/passkey/passkeys";
import type { IdentitySources } from "@/lib/identity/sources/identity-sources";
import { directorySettings, openIdSettings } from "./describe-ways";
import type { IdentitySettings } from "./identity-config";

/** Who else knows people. A library is loaded with the first of them who comes. */
export function createIdentity({ openid, directory }: IdentitySettings): IdentitySources {
  return {
    provider: openid && openIdProvider(openid),
    directory: directory && directoryOf(directory),
    passkeys: PASSKEYS,
  };
}

/** Also where nobody else knows people. */
export const PASSKEYS: Passkeys = {
  readMade: async (answer, at) => (await loadPasskeys()).readMade(answer, at),
  verify: async (answer, at, passkey) => (await loadPasskeys()).verify(answer, at, passkey),
};

async function loadPasskeys(): Promise<Passkeys> {
  const { checkPasskeys } = await import("@/lib/identity/passkey/check-passkeys");
  return checkPasskeys();
}

function directoryOf(settings: DirectorySettings): Directory {
  const load = async () => {
    const { connectDirectory } = await import("@/lib/identity/directory/connect-directory");
    return connectDirectory(settings);
  };
  return {
    ...{ name: settings.name, issuer: dnKey(settings.base), settings: directorySettings(settings) },
    tryOut: async () => (await load()).tryOut(),
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
    ...{ name, issuer, settings: openIdSettings(settings) },
    tryOut: async () => (await load()).tryOut(),
    begin: async (attempt) => (await load()).begin(attempt),
    finish: async (attempt, answer) => (await load()).finish(attempt, answer),
    signOutUrl: async (returnTo) => (await load()).signOutUrl(returnTo),
  };
}
