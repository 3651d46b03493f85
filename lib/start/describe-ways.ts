import type { DirectorySettings } from "@/lib/identity/directory/directory";
import type { OpenIdSettings } from "@/lib/identity/openid/openid-provider";
import type { RoleRules } from "@/lib/identity/role-rules";
import type { WaySetting } from "@/lib/identity/way-tried";

/** As an administrator reads it: by the variables that set it, without values of secrets. What is not set is left out. */
export function openIdSettings(settings: OpenIdSettings): WaySetting[] {
  const { issuer, clientId, clientSecret, scopes, groupsClaim, nameClaim, roles, certificateAuthority } =
    settings;
  return given("CHAINFERRY_OIDC_", [
    ["ISSUER", issuer],
    ["CLIENT_ID", clientId],
    ["CLIENT_SECRET", secret(clientSecret)],
    ["SCOPES", scopes],
    ["GROUPS_CLAIM", groupsClaim],
    ["NAME_CLAIM", nameClaim],
    ...groupsOf(roles),
    ["CA", authority(certificateAuthority)],
  ]);
}

/** The same of a directory. */
export function directorySettings(settings: DirectorySettings): WaySetting[] {
  const { urls, base, filter, service, userDn, roles, certificateAuthority } = settings;
  return given("CHAINFERRY_LDAP_", [
    ["URL", urls.join(", ")],
    ["BASE", base],
    ["FILTER", filter],
    ["BIND_DN", service?.dn],
    ["BIND_PASSWORD", secret(service?.password)],
    ["USER_DN", userDn],
    ...groupsOf(roles),
    ["CA", authority(certificateAuthority)],
  ]);
}

/** Stands for a value that nobody reads again. */
const HIDDEN = Symbol("hidden");
type Told = string | typeof HIDDEN | null | undefined;

function given(prefix: string, pairs: readonly (readonly [name: string, value: Told])[]): WaySetting[] {
  return pairs.flatMap(([name, value]) =>
    value === null || value === undefined || value === ""
      ? []
      : [{ variable: prefix + name, value: value === HIDDEN ? null : value }],
  );
}

const secret = (value: string | null | undefined): Told => (value ? HIDDEN : null);

function groupsOf({ administrator, operator, viewer }: RoleRules): [string, Told][] {
  return [
    ["ADMINISTRATORS", administrator.join("; ")],
    ["OPERATORS", operator.join("; ")],
    ["VIEWERS", viewer.join("; ")],
  ];
}

/** How many certificates a text of them has. */
function authority(pem: string | null): Told {
  return pem === null ? null : `${pem.split("-----BEGIN CERTIFICATE-----").length - 1} × PEM`;
}
