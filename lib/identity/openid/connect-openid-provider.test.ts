import { afterEach, beforeEach, expect, test } from "vitest";
import { connectOpenIdProvider } from "./connect-openid-provider";
import type { OpenIdAttempt, OpenIdSettings } from "./openid-provider";
import { startTestProvider, type TestProvider, type Unkind } from "./provider-fixture";

const CLIENT = "chainferry";
const ATTEMPT: OpenIdAttempt = {
  redirectUri: "http://127.0.0.1:3000/sign-in/return",
  ...{ state: "state-1", nonce: "nonce-1", fresh: false },
  verifier: "verifier-0123456789-0123456789-0123456789-01",
};
const SECONDS = Math.floor(Date.now() / 1000);

let there: TestProvider;

beforeEach(async () => {
  there = await startTestProvider(CLIENT);
});
afterEach(() => there.close());

const settings = (more: Partial<OpenIdSettings> = {}): OpenIdSettings => ({
  ...{ name: "Corp", issuer: there.issuer, clientId: CLIENT, clientSecret: "s3cret" },
  ...{ scopes: "openid profile", groupsClaim: "groups", nameClaim: "preferred_username" },
  roles: { administrator: ["admins"], operator: ["dbas"], viewer: [] },
  certificateAuthority: null,
  ...more,
});

/** The whole way of a browser: there, and back with what it was given. */
async function comeBack(attempt: OpenIdAttempt = ATTEMPT, more: Partial<OpenIdSettings> = {}) {
  const provider = connectOpenIdProvider(settings(more));
  return provider.finish(attempt, there.signIn(await provider.begin(attempt)));
}

const failing = (reason: string) => ({ fields: expect.objectContaining({ reason }) });

test("who has signed in there is known by subject, name and groups; the provider is asked with PKCE, state and nonce", async () => {
  const url = new URL(await connectOpenIdProvider(settings()).begin({ ...ATTEMPT, fresh: true }));
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    ...{ client_id: CLIENT, redirect_uri: ATTEMPT.redirectUri, response_type: "code" },
    ...{ state: "state-1", nonce: "nonce-1", code_challenge_method: "S256", scope: "openid profile" },
    ...{ prompt: "login", max_age: "0" },
  });
  expect(url.href).not.toContain(ATTEMPT.verifier);
  const known = await comeBack();
  expect(known).toMatchObject({ subject: "ann-1", name: "ann", role: "operator" });
  expect(Math.abs((known.shownAt?.getTime() ?? 0) / 1000 - SECONDS)).toBeLessThan(60);
});

test.each<[string, Unkind, string]>([
  ["another nonce", { claims: { nonce: "another" } }, "provider_wrong_attempt"],
  ["no nonce", { claims: { nonce: undefined } }, "provider_answer_unreadable"],
  ["an expired token", { claims: { exp: SECONDS - 3_600, iat: SECONDS - 7_200 } }, "provider_wrong_clock"],
  ["a token that counts only in an hour", { claims: { nbf: SECONDS + 3_600 } }, "provider_wrong_clock"],
  ["a token of another issuer", { claims: { iss: "http://127.0.0.1:1" } }, "provider_wrong_issuer"],
  ["a document of another issuer", { document: { issuer: "http://127.0.0.1:1" } }, "provider_wrong_issuer"],
  ["a token for another program", { claims: { aud: "another" } }, "provider_wrong_audience"],
  [
    "a token for several, by another",
    { claims: { aud: [CLIENT, "another"], azp: "another" } },
    "provider_wrong_audience",
  ],
  ["a signature by a foreign key", { foreignKey: true }, "provider_wrong_keys"],
  ["a token without a subject", { claims: { sub: undefined } }, "provider_answer_unreadable"],
  [
    "user information of somebody else",
    { claims: { groups: undefined }, userInfo: { sub: "eve" } },
    "provider_answer_unreadable",
  ],
  ["a refused secret", { tokenError: "invalid_client" }, "provider_refused"],
])("%s lets nobody in", async (_, unkind, reason) => {
  there.unkind = unkind;
  await expect(comeBack()).rejects.toMatchObject(failing(reason));
});

test("clocks may differ by half a minute, either way", async () => {
  there.unkind = { claims: { exp: SECONDS - 30, iat: SECONDS - 90 } };
  expect(await comeBack()).toMatchObject({ subject: "ann-1" });
  there.unkind = { claims: { nbf: SECONDS + 30, iat: SECONDS + 30, exp: SECONDS + 330 } };
  expect(await comeBack()).toMatchObject({ subject: "ann-1" });
});

test("keys that were changed between two who sign in count at once", async () => {
  expect(await comeBack()).toMatchObject({ subject: "ann-1" });
  there.rotateKey();
  expect(await comeBack()).toMatchObject({ subject: "ann-1" });
});

test("a code, a state or a verifier of another attempt is worth nothing", async () => {
  const provider = connectOpenIdProvider(settings());
  const answer = there.signIn(await provider.begin(ATTEMPT));
  await expect(provider.finish({ ...ATTEMPT, state: "another" }, answer)).rejects.toMatchObject(
    failing("provider_wrong_attempt"),
  );
  await expect(provider.finish({ ...ATTEMPT, verifier: "another".repeat(7) }, answer)).rejects.toMatchObject(
    failing("provider_refused"),
  );
  const again = there.signIn(await provider.begin(ATTEMPT));
  await provider.finish(ATTEMPT, again);
  await expect(provider.finish(ATTEMPT, again)).rejects.toMatchObject(failing("provider_refused"));
});

test("what the provider refuses is told by its code only", async () => {
  const answer = "error=access_denied&error_description=%3Cscript%3E&state=state-1";
  await expect(connectOpenIdProvider(settings()).finish(ATTEMPT, answer)).rejects.toMatchObject({
    fields: {
      reason: "provider_refused",
      params: { host: new URL(there.issuer).host, code: "access_denied" },
    },
  });
});

test("groups come from the token, by a way through it, or from the user-info endpoint; none of them is no role", async () => {
  there.unkind = { claims: { groups: undefined, realm_access: { roles: ["admins"] } } };
  expect(await comeBack(ATTEMPT, { groupsClaim: "realm_access.roles" })).toMatchObject({
    role: "administrator",
  });
  there.unkind = { claims: { groups: undefined }, userInfo: { groups: ["dbas", "admins"] } };
  expect(await comeBack()).toMatchObject({ role: "administrator" });
  there.unkind = { claims: { groups: undefined } };
  expect(await comeBack()).toMatchObject({ role: null });
  there.unkind = { claims: { groups: { admins: true } } };
  expect(await comeBack()).toMatchObject({ role: null });
});

test("a provider that is down is told as that; one that says nothing of when somebody signed in says null", async () => {
  there.unkind = { claims: { auth_time: undefined } };
  expect(await comeBack()).toMatchObject({ shownAt: null });
  const provider = connectOpenIdProvider(settings());
  const answer = there.signIn(await provider.begin(ATTEMPT));
  expect(await provider.signOutUrl("http://127.0.0.1:3000/sign-in")).toContain(`${there.issuer}/end?`);
  await there.close();
  const down = {
    fields: {
      reason: "provider_unreachable",
      params: expect.objectContaining({ code: expect.stringMatching(/^ECONN(REFUSED|RESET)$/) }),
    },
  };
  await expect(provider.begin(ATTEMPT)).rejects.toMatchObject(down);
  await expect(provider.finish(ATTEMPT, answer)).rejects.toMatchObject(down);
  expect(await provider.signOutUrl("http://127.0.0.1:3000/sign-in")).toBeNull();
  there = await startTestProvider(CLIENT);
});

test("tried out, it reads document and keys and sends nobody anywhere; what is wrong is said as at a sign-in", async () => {
  const host = new URL(there.issuer).host;
  expect(await connectOpenIdProvider(settings()).tryOut()).toEqual({ host, missingGroups: [] });
  const other = connectOpenIdProvider(settings({ issuer: `${there.issuer}/elsewhere` }));
  await expect(other.tryOut()).rejects.toMatchObject({ fields: { params: { host } } });
  await there.close();
  await expect(connectOpenIdProvider(settings()).tryOut()).rejects.toMatchObject(
    failing("provider_unreachable"),
  );
});
