import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export const CLIENT = { id: "chainferry", secret: "secret-of-the-client" };

/** Groups by who signs in; whoever else does has none. */
const GROUPS: Readonly<Record<string, readonly string[]>> = { grace: ["dba-admins"], ann: ["dbas"] };

export interface OpenIdProvider {
  issuer: string;
  /** Says under which address the product is that sends people here. */
  serve(product: string): void;
  stop(): Promise<void>;
}

/**
 * A provider by a library that is certified for it, on loopback: it takes any name with any password, asks for PKCE, and tells names and
 * groups by its user-info endpoint only.
 */
export async function startOpenIdProvider(): Promise<OpenIdProvider> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    serve: (product) => {
      const provider = new Provider(issuer, {
        clients: [
          {
            ...{ client_id: CLIENT.id, client_secret: CLIENT.secret },
            redirect_uris: [`${product}/sign-in/return`],
            post_logout_redirect_uris: [`${product}/sign-in`],
          },
        ],
        claims: { openid: ["sub"], profile: ["preferred_username", "groups"] },
        findAccount: (_, accountId) => ({
          accountId,
          claims: () => ({
            ...{ sub: accountId, preferred_username: accountId },
            groups: [...(GROUPS[accountId] ?? [])],
          }),
        }),
        cookies: { keys: ["of the journeys"] },
        pkce: { required: () => true },
      });
      server.on("request", provider.callback());
    },
    stop: () =>
      new Promise((stopped) => {
        server.closeAllConnections();
        server.close(() => stopped());
      }),
  };
}
