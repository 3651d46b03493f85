import * as client from "openid-client";
import { AppError } from "@/lib/diagnosis/app-error";
import { OWN_HOSTS } from "@/lib/network/own-hosts";
import { roleOfGroups } from "../role-rules";
import { askProvider } from "./ask-provider";
import { faultOf } from "./fault-of";
import type { OpenIdAttempt, OpenIdProvider, OpenIdSettings } from "./openid-provider";
import { readGroups, readText } from "./read-claims";

/** Seconds by which the clocks of provider and product may differ. */
const CLOCK_TOLERANCE_S = 60;
const TIMEOUT_S = 10;
const LONGEST_NAME = 100;

/**
 * An OpenID provider by the authorization code flow with PKCE, state and nonce. Its document and keys are read anew for each
 * attempt: people sign in a few times a day, and a provider that has changed its keys works at once. Signature, issuer, audience,
 * times, nonce and, where the provider names itself in its answer, RFC 9207's `iss` are checked. Groups that the ID token does not
 * have are asked of the user-info endpoint.
 * https://openid.net/specs/openid-connect-core-1_0.html https://www.rfc-editor.org/rfc/rfc9700
 */
export function connectOpenIdProvider(settings: OpenIdSettings): Omit<OpenIdProvider, "settings"> {
  const { name, issuer } = settings;
  const server = new URL(issuer);
  const { host } = server;
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw faultOf(error, host);
    }
  };

  const discover = async (): Promise<client.Configuration> => {
    const secret = settings.clientSecret;
    const configuration = await client.discovery(
      server,
      settings.clientId,
      { [client.clockTolerance]: CLOCK_TOLERANCE_S },
      secret === null ? client.None() : authenticated(secret),
      {
        execute: isPlainLoopback(server) ? [client.allowInsecureRequests] : [],
        timeout: TIMEOUT_S,
        [client.customFetch]: askProvider(settings.certificateAuthority),
      },
    );
    // The library lets whole clouds pass whose document has a placeholder there: anybody of any company could sign in.
    if (!isSameIssuer(configuration.serverMetadata().issuer, issuer))
      throw new AppError("unauthorized", "provider_wrong_issuer", { host });
    // Without it an ID token that came straight from the provider counts by TLS alone.
    client.enableNonRepudiationChecks(configuration);
    return configuration;
  };

  return {
    name,
    issuer,
    tryOut: () =>
      told(async () => {
        const keys = (await discover()).serverMetadata().jwks_uri;
        if (keys === undefined || !(await hasKeys(new URL(keys))))
          throw new AppError("external_failure", "provider_answer_unreadable", { host });
        return { host, missingGroups: [] };
      }),
    begin: (attempt) =>
      told(async () => {
        const configuration = await discover();
        return client.buildAuthorizationUrl(configuration, {
          redirect_uri: attempt.redirectUri,
          scope: settings.scopes,
          state: attempt.state,
          nonce: attempt.nonce,
          code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
          code_challenge_method: "S256",
          ...(attempt.fresh ? { prompt: "login", max_age: "0" } : {}),
        }).href;
      }),
    finish: (attempt, answer) =>
      told(async () => {
        const configuration = await discover();
        const tokens = await client.authorizationCodeGrant(configuration, cameBackTo(attempt, answer), {
          pkceCodeVerifier: attempt.verifier,
          expectedState: attempt.state,
          expectedNonce: attempt.nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined)
          throw new AppError("external_failure", "provider_answer_unreadable", { host });
        const known = { ...claims, ...(await moreClaims(configuration, tokens, claims)) };
        const groups = readGroups(known, settings.groupsClaim) ?? [];
        const called = readText(known, settings.nameClaim) ?? readText(known, "name") ?? claims.sub;
        return {
          subject: claims.sub,
          name: called.slice(0, LONGEST_NAME),
          role: roleOfGroups(groups, settings.roles),
          shownAt: claims.auth_time === undefined ? null : new Date(claims.auth_time * 1000),
        };
      }),
    async signOutUrl(returnTo) {
      try {
        const configuration = await discover();
        if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
        return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: returnTo }).href;
      } catch {
        // They are signed out here, whatever the provider says.
        return null;
      }
    },
  };

  async function hasKeys(url: URL): Promise<boolean> {
    const ask = askProvider(settings.certificateAuthority);
    const signal = AbortSignal.timeout(TIMEOUT_S * 1000);
    const answer = await ask(url.href, { method: "GET", headers: { accept: "application/json" }, signal });
    const body: unknown = answer.ok ? await answer.json().catch(() => null) : null;
    const keys = typeof body === "object" && body !== null ? Reflect.get(body, "keys") : null;
    return Array.isArray(keys) && keys.length > 0;
  }

  /** What the ID token leaves out, where the provider has an address that tells it of the same subject. */
  async function moreClaims(
    configuration: client.Configuration,
    tokens: client.TokenEndpointResponse,
    claims: client.IDToken,
  ): Promise<Record<string, unknown>> {
    const isComplete =
      readGroups(claims, settings.groupsClaim) !== null && readText(claims, settings.nameClaim) !== null;
    if (isComplete || configuration.serverMetadata().userinfo_endpoint === undefined) return {};
    return client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
  }
}

/** As the provider takes it; where it does not say, as OpenID Connect Discovery 1.0 reads that. */
function authenticated(secret: string): client.ClientAuth {
  return (server, known, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const way = methods.includes("client_secret_basic") ? client.ClientSecretBasic : client.ClientSecretPost;
    way(secret)(server, known, body, headers);
  };
}

function cameBackTo({ redirectUri }: OpenIdAttempt, answer: string): URL {
  const url = new URL(redirectUri);
  url.search = answer;
  return url;
}

function isPlainLoopback({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && OWN_HOSTS.has(hostname);
}

/** Exactly, but for the slash at the end that some write and some do not. */
function isSameIssuer(left: string, right: string): boolean {
  return left.replace(/\/$/, "") === right.replace(/\/$/, "");
}
