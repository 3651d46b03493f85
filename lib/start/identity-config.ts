import { readFileSync } from "node:fs";
import { z } from "zod";
import type { DirectorySettings } from "@/lib/identity/directory/directory";
import type { OpenIdSettings } from "@/lib/identity/openid/openid-provider";
import type { RoleRules } from "@/lib/identity/role-rules";
import { OWN_HOSTS } from "@/lib/network/own-hosts";

const text = z.string().min(1).optional();
const groups = z.string().default("");

/** Variables of who else than the product itself knows people. */
export const IDENTITY_VARIABLES = {
  CHAINFERRY_OIDC_ISSUER: text.describe(
    "OpenID provider by which people sign in, exactly as it names itself: https://login.corp.example/realms/dba",
  ),
  CHAINFERRY_OIDC_CLIENT_ID: text.describe(
    "What the provider calls this product; it sends people back to CHAINFERRY_PUBLIC_URL/sign-in/return",
  ),
  CHAINFERRY_OIDC_CLIENT_SECRET: text.describe("Its secret there; left out for a public client"),
  CHAINFERRY_OIDC_NAME: text.describe("What the button on the sign-in page says; the provider's host"),
  CHAINFERRY_OIDC_SCOPES: z
    .string()
    .default("openid profile email")
    .refine((scopes) => scopes.split(/\s+/).includes("openid"), "openid must be among them")
    .describe("What is asked of the provider, by spaces"),
  CHAINFERRY_OIDC_GROUPS_CLAIM: z
    .string()
    .min(1)
    .default("groups")
    .describe("Claim with somebody's groups, or its way: realm_access.roles"),
  CHAINFERRY_OIDC_NAME_CLAIM: z
    .string()
    .min(1)
    .default("preferred_username")
    .describe("Claim with what somebody is called"),
  CHAINFERRY_OIDC_ADMINISTRATORS: groups.describe("Groups of administrators there, by semicolons"),
  CHAINFERRY_OIDC_OPERATORS: groups.describe("Groups of operators"),
  CHAINFERRY_OIDC_VIEWERS: groups.describe("Groups of viewers; *: whoever can sign in there"),
  CHAINFERRY_OIDC_CA: text.describe(
    "File of certificate authorities (PEM) that are trusted for the provider besides the usual ones",
  ),
  CHAINFERRY_LDAP_URL: text.describe(
    "Directory by which people sign in: ldaps://dc1.corp.example; several by commas, asked one after the other",
  ),
  CHAINFERRY_LDAP_NAME: text.describe("What the sign-in page calls it; its host"),
  CHAINFERRY_LDAP_BASE: text.describe("Below which people and groups are looked for: dc=corp,dc=example"),
  CHAINFERRY_LDAP_FILTER: z
    .string()
    .default(
      "(&(|(objectClass=person)(objectClass=posixAccount))(|(sAMAccountName={name})(userPrincipalName={name})(uid={name})))",
    )
    .refine((filter) => filter.includes("{name}"), "{name} must be in it")
    .describe("Who is found by a name, {name}"),
  CHAINFERRY_LDAP_BIND_DN: text.describe(
    "Account that looks for people and their groups: cn=chainferry,ou=services,dc=corp,dc=example",
  ),
  CHAINFERRY_LDAP_BIND_PASSWORD: text.describe("Its password"),
  CHAINFERRY_LDAP_USER_DN: text.describe(
    "Without such an account: as whom somebody binds, {name}@corp.example or uid={name},ou=people,dc=corp,dc=example",
  ),
  CHAINFERRY_LDAP_ADMINISTRATORS: groups.describe(
    "Distinguished names of the groups of administrators, by semicolons",
  ),
  CHAINFERRY_LDAP_OPERATORS: groups.describe("Those of operators"),
  CHAINFERRY_LDAP_VIEWERS: groups.describe("Those of viewers; *: whoever is found"),
  CHAINFERRY_LDAP_CA: text.describe(
    "File of certificate authorities (PEM) that are trusted for the directory besides the usual ones",
  ),
} as const;

/** Those that hold a secret. */
export const IDENTITY_SECRETS: readonly string[] = [
  "CHAINFERRY_OIDC_CLIENT_SECRET",
  "CHAINFERRY_LDAP_BIND_PASSWORD",
];

type Said = z.infer<z.ZodObject<typeof IDENTITY_VARIABLES>>;

export interface IdentitySettings {
  openid: OpenIdSettings | null;
  directory: DirectorySettings | null;
}

/** Throws an Error that says what is missing, or can't be read. */
export function readIdentity(said: Said): IdentitySettings {
  return { openid: readOpenId(said), directory: readDirectory(said) };
}

function readDirectory(said: Said): DirectorySettings | null {
  const base = said.CHAINFERRY_LDAP_BASE;
  if (said.CHAINFERRY_LDAP_URL === undefined && base === undefined) return null;
  if (said.CHAINFERRY_LDAP_URL === undefined || base === undefined)
    throw new Error("CHAINFERRY_LDAP_URL and CHAINFERRY_LDAP_BASE belong together: one is missing.");
  const urls = said.CHAINFERRY_LDAP_URL.split(",").map((url) => requireLdaps(url.trim()));
  const dn = said.CHAINFERRY_LDAP_BIND_DN;
  const password = said.CHAINFERRY_LDAP_BIND_PASSWORD;
  if ((dn === undefined) !== (password === undefined))
    throw new Error(
      "CHAINFERRY_LDAP_BIND_DN and CHAINFERRY_LDAP_BIND_PASSWORD belong together: one is missing.",
    );
  const userDn = said.CHAINFERRY_LDAP_USER_DN ?? null;
  if (dn === undefined && !userDn?.includes("{name}"))
    throw new Error(
      "Nobody could be looked for: name an account (CHAINFERRY_LDAP_BIND_DN), or as whom people bind (CHAINFERRY_LDAP_USER_DN, with {name}).",
    );
  return {
    name: said.CHAINFERRY_LDAP_NAME ?? new URL(urls[0] ?? "").hostname,
    ...{ urls, base, userDn, filter: said.CHAINFERRY_LDAP_FILTER },
    service: dn === undefined || password === undefined ? null : { dn, password },
    roles: rolesOf("CHAINFERRY_LDAP", {
      administrator: said.CHAINFERRY_LDAP_ADMINISTRATORS,
      operator: said.CHAINFERRY_LDAP_OPERATORS,
      viewer: said.CHAINFERRY_LDAP_VIEWERS,
    }),
    certificateAuthority: readAuthority("CHAINFERRY_LDAP_CA", said.CHAINFERRY_LDAP_CA),
  };
}

/** Passwords travel over it: in clear on this machine only. */
function requireLdaps(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe = url?.protocol === "ldaps:" || (url?.protocol === "ldap:" && OWN_HOSTS.has(url.hostname));
  if (url === null || !isSafe || url.hostname === "")
    throw new Error(`CHAINFERRY_LDAP_URL is ${text}: write ldaps:// and the directory's name.`);
  return text;
}

function readOpenId(said: Said): OpenIdSettings | null {
  const issuer = said.CHAINFERRY_OIDC_ISSUER;
  const clientId = said.CHAINFERRY_OIDC_CLIENT_ID;
  if (issuer === undefined && clientId === undefined) return null;
  if (issuer === undefined || clientId === undefined)
    throw new Error("CHAINFERRY_OIDC_ISSUER and CHAINFERRY_OIDC_CLIENT_ID belong together: one is missing.");
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && OWN_HOSTS.has(url.hostname));
  if (url === null || !isSafe || url.search !== "" || url.hash !== "")
    throw new Error(
      `CHAINFERRY_OIDC_ISSUER is ${issuer}: write https:// and the provider's own name, nothing behind it.`,
    );
  return {
    ...{ issuer, clientId, clientSecret: said.CHAINFERRY_OIDC_CLIENT_SECRET ?? null },
    name: said.CHAINFERRY_OIDC_NAME ?? url.host,
    scopes: said.CHAINFERRY_OIDC_SCOPES,
    groupsClaim: said.CHAINFERRY_OIDC_GROUPS_CLAIM,
    nameClaim: said.CHAINFERRY_OIDC_NAME_CLAIM,
    roles: rolesOf("CHAINFERRY_OIDC", {
      administrator: said.CHAINFERRY_OIDC_ADMINISTRATORS,
      operator: said.CHAINFERRY_OIDC_OPERATORS,
      viewer: said.CHAINFERRY_OIDC_VIEWERS,
    }),
    certificateAuthority: readAuthority("CHAINFERRY_OIDC_CA", said.CHAINFERRY_OIDC_CA),
  };
}

/** Groups by semicolons: names of directories have commas. */
function rolesOf(prefix: string, said: Readonly<Record<keyof RoleRules, string>>): RoleRules {
  const named = (list: string) =>
    list
      .split(";")
      .map((group) => group.trim())
      .filter((group) => group !== "");
  const roles = {
    administrator: named(said.administrator),
    operator: named(said.operator),
    viewer: named(said.viewer),
  };
  if (Object.values(roles).every((each) => each.length === 0))
    throw new Error(
      `Nobody would be let in: name groups in ${prefix}_ADMINISTRATORS, ${prefix}_OPERATORS or ${prefix}_VIEWERS.`,
    );
  if (roles.administrator.includes("*"))
    throw new Error(`${prefix}_ADMINISTRATORS=* makes everybody there an administrator: name groups.`);
  return roles;
}

function readAuthority(name: string, file: string | undefined): string | null {
  if (file === undefined) return null;
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The certificates that ${name} names can't be read: ${why}`);
  }
}
