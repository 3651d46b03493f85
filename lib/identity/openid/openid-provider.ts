import type { KnownPerson } from "../known-person";
import type { RoleRules } from "../role-rules";
import type { WaySetting, WayTried } from "../way-tried";

export interface OpenIdSettings {
  /** As the button on the sign-in page calls it. */
  name: string;
  /** Exactly as the provider names itself. */
  issuer: string;
  clientId: string;
  /** Null: a public client, which PKCE alone protects. */
  clientSecret: string | null;
  /** By white space. */
  scopes: string;
  /** Name of the claim with groups, or its way through objects: `realm_access.roles`. */
  groupsClaim: string;
  nameClaim: string;
  roles: RoleRules;
  /** PEM that is trusted besides the usual authorities; null: none. */
  certificateAuthority: string | null;
}

/** What one attempt to sign in was begun with. None of it may serve twice. */
export interface OpenIdAttempt {
  /** `https://chainferry.corp.example/sign-in/return` */
  redirectUri: string;
  state: string;
  nonce: string;
  /** Of PKCE (RFC 7636). */
  verifier: string;
  /** Whether they have to show anew who they are, though the provider knows them. */
  fresh: boolean;
}

/** An OpenID provider as use cases see it. What it throws is an AppError whose reason says what was not right. */
export interface OpenIdProvider {
  readonly name: string;
  /** Names it in the store: subjects are its own. */
  readonly issuer: string;
  /** As it is set; a secret's value is not told. */
  readonly settings: readonly WaySetting[];
  /** Reads the provider's document and keys, as each attempt does. */
  tryOut(): Promise<WayTried>;
  /** Where the browser goes to sign in. */
  begin(attempt: OpenIdAttempt): Promise<string>;
  /**
   * Who came back with `answer`, the query of the address that the provider sent the browser to; and when they showed there who they
   * are, null where it does not say.
   */
  finish(attempt: OpenIdAttempt, answer: string): Promise<KnownPerson & { shownAt: Date | null }>;
  /** Where the browser goes to sign out there too; null where the provider has no such address, or does not answer. */
  signOutUrl(returnTo: string): Promise<string | null>;
}
