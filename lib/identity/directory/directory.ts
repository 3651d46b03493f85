import type { KnownPerson } from "../known-person";
import type { RoleRules } from "../role-rules";
import type { WaySetting, WayTried } from "../way-tried";

export interface DirectorySettings {
  /** As the sign-in page calls it. */
  name: string;
  /** `ldaps://dc1.corp.example:636`, asked one after the other; `ldap://` on this machine only. */
  urls: readonly string[];
  /** Below which people and groups are looked for. */
  base: string;
  /** RFC 4515, with `{name}` for what somebody typed. */
  filter: string;
  /** Account by which people are looked for; null: whoever signs in looks for themselves, by `userDn`. */
  service: { dn: string; password: string } | null;
  /** As whom somebody binds without such an account, with `{name}`: `{name}@corp.example`, `uid={name},ou=people,dc=corp`. */
  userDn: string | null;
  /** Distinguished names of groups. */
  roles: RoleRules;
  /** PEM that is trusted besides the usual authorities; null: none. */
  certificateAuthority: string | null;
}

/** A directory as use cases see it. What it throws is an AppError whose reason says what was not right. */
export interface Directory {
  readonly name: string;
  /** Names it in the store: subjects are its own. */
  readonly issuer: string;
  /** As it is set; a secret's value is not told. */
  readonly settings: readonly WaySetting[];
  /** Binds as the account that looks for people, and looks for the base and for the groups of roles; without an account, whether it answers. */
  tryOut(): Promise<WayTried>;
  /** Whom a name and a password are of; null: nobody who can sign in. */
  identify(name: string, password: string): Promise<KnownPerson | null>;
  /** Whom a subject is of now; null: nobody any more. Undefined: without an account of our own we can't look. */
  lookAgain(subject: string): Promise<KnownPerson | null | undefined>;
}
