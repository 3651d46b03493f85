import { expect, test } from "vitest";
import { z } from "zod";
import { directorySettings, openIdSettings } from "./describe-ways";
import { IDENTITY_SECRETS, IDENTITY_VARIABLES, readIdentity } from "./identity-config";

const SECRET = "planted-9f31";
const said = z.object(IDENTITY_VARIABLES).parse({
  ...{ CHAINFERRY_OIDC_ISSUER: "https://login.corp.example", CHAINFERRY_OIDC_CLIENT_ID: "chainferry" },
  ...{ CHAINFERRY_OIDC_CLIENT_SECRET: SECRET, CHAINFERRY_OIDC_OPERATORS: "dbas; night" },
  ...{ CHAINFERRY_LDAP_URL: "ldaps://dc1.corp.example", CHAINFERRY_LDAP_BASE: "dc=corp" },
  ...{ CHAINFERRY_LDAP_BIND_DN: "cn=chainferry,dc=corp", CHAINFERRY_LDAP_BIND_PASSWORD: SECRET },
  CHAINFERRY_LDAP_VIEWERS: "cn=all,dc=corp",
});

test("ways in are told by their variables, and never what a secret is", () => {
  const { openid, directory } = readIdentity(said);
  const told = [
    ...(openid ? openIdSettings(openid) : []),
    ...(directory ? directorySettings(directory) : []),
  ];
  expect(JSON.stringify(told)).not.toContain(SECRET);
  expect(told.filter(({ value }) => value === null).map(({ variable }) => variable)).toEqual(
    IDENTITY_SECRETS,
  );
  expect(told).toContainEqual({ variable: "CHAINFERRY_OIDC_OPERATORS", value: "dbas; night" });
  // Each is one that there is.
  expect(told.filter(({ variable }) => !(variable in IDENTITY_VARIABLES))).toEqual([]);
});
