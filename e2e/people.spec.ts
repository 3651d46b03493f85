import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { createTranslator } from "@/lib/i18n/translator";
import {
  type DirectoryEntry,
  startTestDirectory,
  type TestDirectory,
} from "@/lib/identity/directory/directory-fixture";
import { freePort } from "@/sandbox/free-port";
import { makeCertificate } from "@/sandbox/sqlserver/wire/self-signed-certificate";
import { forgetProof } from "./forget-proof";
import { look } from "./look";
import { CLIENT, type OpenIdProvider, startOpenIdProvider } from "./start-openid-provider";
import { type Product, startProduct } from "./start-product";

const { t } = createTranslator("en");
const PASSWORD = "drei gelbe Kutschen";

let product: Product;
let provider: OpenIdProvider;
let directory: TestDirectory;
let folder: string;

const DIRECTORY = "Corp AD";
const BASE = "dc=corp,dc=example";
/** Lin is an administrator by a group that is in another. */
const ENTRIES: DirectoryEntry[] = [
  { dn: `cn=reader,${BASE}`, password: "reads", attributes: { objectclass: "account", cn: "reader" } },
  {
    dn: `uid=lin,${BASE}`,
    password: PASSWORD,
    attributes: { objectclass: "person", uid: "lin", entryuuid: "uuid-lin" },
  },
  {
    dn: `cn=night,${BASE}`,
    password: null,
    attributes: { objectclass: "group", cn: "night", member: `uid=lin,${BASE}` },
  },
  {
    dn: `cn=dba-admins,${BASE}`,
    password: null,
    attributes: { objectclass: "group", cn: "dba-admins", member: `cn=night,${BASE}` },
  },
];

test.beforeAll(async () => {
  test.setTimeout(600_000);
  provider = await startOpenIdProvider();
  folder = mkdtempSync(join(tmpdir(), "chainferry-directory-"));
  const tls = makeCertificate(["localhost"], Date.now());
  const authority = join(folder, "ca.pem");
  writeFileSync(authority, tls.certificate);
  directory = await startTestDirectory(ENTRIES, tls);
  const port = await freePort();
  provider.serve(`http://127.0.0.1:${port}`);
  const environment = {
    ...{ CHAINFERRY_OIDC_ISSUER: provider.issuer, CHAINFERRY_OIDC_NAME: "Corp" },
    ...{ CHAINFERRY_OIDC_CLIENT_ID: CLIENT.id, CHAINFERRY_OIDC_CLIENT_SECRET: CLIENT.secret },
    ...{ CHAINFERRY_OIDC_ADMINISTRATORS: "dba-admins", CHAINFERRY_OIDC_OPERATORS: "dbas" },
    ...{ CHAINFERRY_LDAP_URL: `ldaps://localhost:${directory.port}`, CHAINFERRY_LDAP_CA: authority },
    ...{ CHAINFERRY_LDAP_BASE: BASE, CHAINFERRY_LDAP_NAME: DIRECTORY },
    ...{ CHAINFERRY_LDAP_BIND_DN: `cn=reader,${BASE}`, CHAINFERRY_LDAP_BIND_PASSWORD: "reads" },
    CHAINFERRY_LDAP_ADMINISTRATORS: `cn=dba-admins,${BASE}`,
  };
  product = await startProduct({ port, environment });
});
test.afterAll(async () => {
  await product?.stop();
  await provider?.stop();
  await directory?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A browser that nobody is signed in with, or the one of the first start. */
async function open(browser: Browser, signedIn: boolean): Promise<Page> {
  const nobody = { cookies: [], origins: [] };
  const context = await browser.newContext({
    baseURL: product.url,
    storageState: signedIn ? product.signedIn : nobody,
    viewport: { width: 1440, height: 900 },
  });
  return context.newPage();
}

async function signIn(page: Page, name: string, password: string, at = t("entry.place.here")): Promise<void> {
  await page.getByRole("button", { name: at, exact: true }).click();
  await page.getByLabel(t("entry.name")).fill(name);
  await page.getByLabel(t("entry.password")).fill(password);
  await page.getByRole("button", { name: t("entry.submit"), exact: true }).click();
}

test("somebody adds a passkey, comes in and proves by it, and a copy of it is refused", async ({
  browser,
}) => {
  const admin = await open(browser, true);
  const headers = { origin: product.url };
  const invite = { headers, data: { name: "Pia", role: "operator" } };
  const invited = await admin.context().request.post("/api/people", invite);
  const { token } = (await invited.json()) as { token: string };
  await admin.context().close();

  // Browsers make none for an address in digits.
  const here = product.url.replace("127.0.0.1", "localhost");
  const context = await browser.newContext({ baseURL: here, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const device = await context.newCDPSession(page);
  await device.send("WebAuthn.enable");
  const { authenticatorId } = await device.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  await page.goto(`/enter#${token}`);
  await page.waitForURL("**/profile");
  await page.getByLabel(t("people.password.new")).fill(PASSWORD);
  await page.getByRole("button", { name: t("people.password.submit") }).click();
  await expect(page.getByText(t("people.password.done"))).toBeVisible();
  await page.getByLabel(t("people.passkeys.name")).fill("Laptop");
  await page.getByRole("button", { name: t("people.passkeys.add", { host: "localhost" }) }).click();
  await expect(page.getByText(t("people.passkeys.added"))).toBeVisible();
  await page.getByRole("button", { name: t("people.passkeys.rename.of", { name: "Laptop" }) }).click();
  const list = page.getByRole("list", { name: t("people.passkeys") });
  await list.getByLabel(t("people.passkeys.name")).fill("Old laptop");
  await list.getByRole("button", { name: t("people.passkeys.rename.submit") }).click();
  await expect(list.getByText("Old laptop")).toBeVisible();
  await look(page, "profile-passkeys");

  const leave = async () => {
    await page.goto("/profile");
    await page.getByRole("button", { name: t("people.profile.leave") }).click();
    await page.waitForURL("**/sign-in");
  };
  await leave();
  const way = page.getByRole("button", { name: t("entry.passkey") });
  await expect(way).toBeVisible();
  await look(page, "sign-in-passkey");
  // After the password the browser is asked by itself; by the password alone nobody gets further.
  await signIn(page, "Pia", PASSWORD);
  await page.waitForURL(`${here}/`);
  const alone = await context.request.post("/api/sign-in", {
    headers: { origin: here },
    data: { name: "Pia", password: PASSWORD },
  });
  expect([alone.status(), (await alone.json()).reason]).toEqual([401, "passkey_needed"]);

  await leave();
  const { credentials } = await device.send("WebAuthn.getCredentials", { authenticatorId });
  const [credential] = credentials;
  if (!credential) throw new Error("The device has no passkey.");
  const hold = async (signCount: number) => {
    await device.send("WebAuthn.clearCredentials", { authenticatorId });
    await device.send("WebAuthn.addCredential", {
      ...{ authenticatorId, credential: { ...credential, signCount } },
    });
  };
  await hold(0);
  await way.click();
  await expect(page.getByText(t("error.passkey_copied"))).toBeVisible();
  await hold(credential.signCount + 5);
  await way.click();
  await page.waitForURL(`${here}/`);

  await page.goto("/profile");
  await forgetProof(page, "**/api/profile/passkeys/*", "passkey");
  await page.getByRole("button", { name: t("people.passkeys.revoke.of", { name: "Old laptop" }) }).click();
  const dialog = page.getByRole("dialog", { name: t("people.proof") });
  await expect(dialog.getByRole("button", { name: t("people.proof.password_instead") })).toBeVisible();
  await look(page, "proof-passkey");
  await dialog.getByRole("button", { name: t("people.proof.passkey") }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("Old laptop")).toHaveCount(0);
  await leave();
  await expect(way).toHaveCount(0);
  await signIn(page, "Pia", PASSWORD);
  await page.waitForURL(`${here}/`);
  await context.close();
});

test("somebody is invited, sets a password, guesses at it ten times, and loses a role while signed in", async ({
  browser,
}) => {
  const admin = await open(browser, true);
  await admin.goto("/people");
  await admin.getByLabel(t("people.name"), { exact: true }).fill("Ann");
  await admin.getByRole("button", { name: t("people.invite.submit") }).click();
  const link = admin.getByText("/enter#");
  await expect(link).toBeVisible();
  const invitation = (await link.textContent()) ?? "";
  await look(admin, "people");

  const ann = await open(browser, false);
  await ann.goto("/records");
  await expect(ann.getByRole("heading", { level: 1, name: t("entry.title") })).toBeVisible();
  await look(ann, "sign-in");
  await ann.goto(invitation);
  await ann.waitForURL("**/profile");
  await ann.getByLabel(t("people.password.new")).fill("password1234");
  await ann.getByRole("button", { name: t("people.password.submit") }).click();
  await expect(ann.getByText(t("error.password_common"))).toBeVisible();
  await ann.getByLabel(t("people.password.new")).fill(PASSWORD);
  await ann.getByRole("button", { name: t("people.password.submit") }).click();
  await expect(ann.getByText(t("people.password.done"))).toBeVisible();
  await look(ann, "profile");
  await ann.getByRole("button", { name: t("people.profile.leave") }).click();
  await ann.waitForURL("**/sign-in");

  await signIn(ann, "ANN", PASSWORD);
  await ann.waitForURL(`${product.url}/`);
  await ann.goto("/people");
  await expect(ann.getByText(t("error.role_required", { role: "administrator" }))).toBeVisible();

  const guesser = await open(browser, false);
  await guesser.goto("/sign-in");
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    const answer = guesser.waitForResponse(
      (one) => one.url().endsWith("/api/sign-in") && one.request().method() === "POST",
    );
    await signIn(guesser, "Ann", `guess ${attempt}`);
    expect((await answer).status()).toBe(attempt <= 5 ? 401 : 429);
  }
  await expect(guesser.getByText(t("error.sign_in_blocked", { minutes: 15 }))).toBeVisible();
  await guesser.goto(invitation);
  await expect(guesser.getByText(t("error.link_not_valid"))).toBeVisible();
  await look(guesser, "link");

  await admin.getByRole("button", { name: t("people.scope.title", { name: "Ann" }) }).click();
  const limits = admin.getByRole("dialog", { name: t("people.scope.title", { name: "Ann" }) });
  await limits.getByLabel("Sandbox SQL Server").check();
  await limits.getByLabel(t("people.scope.databases")).fill("SalesDB\n\nInventory\n");
  await look(admin, "limits");
  await limits.getByRole("button", { name: t("people.scope.save") }).click();
  await expect(limits).toHaveCount(0);
  await expect(admin.getByText(t("people.scope.count.databases", { count: 2 }))).toBeVisible();

  await forgetProof(admin, "**/api/people/*", "new_password");
  await admin.getByLabel(t("people.role_of", { name: "Ann" })).selectOption("viewer");
  const first = admin.getByRole("dialog", { name: t("people.proof.first") });
  await first.getByLabel(t("people.password.new")).fill(`${PASSWORD}!`);
  await look(admin, "first-password");
  await first.getByRole("button", { name: t("people.password.submit") }).click();
  await expect(first).toHaveCount(0);
  await expect(ann.getByRole("link", { name: t("shell.records") }).first()).toBeVisible();
  await ann
    .getByRole("link", { name: t("shell.records") })
    .first()
    .click();
  await expect(ann.getByRole("heading", { level: 1, name: t("entry.title") })).toBeVisible();

  const row = admin.getByRole("row", { name: "Ann" });
  await forgetProof(admin, "**/api/people/*/link", "password");
  await row.getByRole("button", { name: t("people.link.make") }).click();
  const again = admin.getByRole("dialog", { name: t("people.proof") });
  const password = again.getByLabel(t("people.proof.password", { name: "administrator" }));
  await password.fill("not the password");
  await again.getByRole("button", { name: t("people.proof.submit") }).click();
  await expect(again.getByText(t("error.password_wrong"))).toBeVisible();
  await look(admin, "proof");
  await password.fill(`${PASSWORD}!`);
  await again.getByRole("button", { name: t("people.proof.submit") }).click();
  await expect(again).toHaveCount(0);
  await expect(link).not.toHaveText(invitation);
  await guesser.goto((await link.textContent()) ?? "");
  await guesser.waitForURL("**/profile");
  await admin.goto("/sessions");
  await expect(admin.getByText(t("people.sessions.own"))).toBeVisible();
  await look(admin, "sessions");
  await admin.goto("/audit");
  await admin.getByLabel(t("audit.filter.person")).fill("nobody");
  await expect(admin.getByText("sign_in_blocked").first()).toBeVisible();
  await look(admin, "audit");
  await admin.goto("/sessions");
  await admin
    .getByRole("row", { name: "Ann" })
    .getByRole("button", { name: t("people.sessions.end") })
    .click();
  await expect(admin.getByRole("row", { name: "Ann" })).toHaveCount(0);
  // Where the page asks for something by itself it has been shown out already.
  await guesser.goto("/connections");
  await expect(guesser.getByRole("heading", { level: 1, name: t("entry.title") })).toBeVisible();
  for (const page of [admin, ann, guesser]) await page.context().close();
});

/** As somebody does on the provider's own pages, which ask the first time whether the product may know who it is. */
async function signInThere(page: Page, name: string, isFirst: boolean): Promise<void> {
  await page.locator("input[name=login]").fill(name);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
  if (isFirst) await page.getByRole("button", { name: "Continue" }).click();
}

test("somebody comes in by a provider, shows there once more who they are, and signs out of both", async ({
  browser,
}) => {
  const page = await open(browser, false);
  const within = /^(?!http:\/\/127\.0\.0\.1:)/;
  await page.context().route(within, (route) => route.abort());
  const way = page.getByRole("button", { name: t("entry.provider", { name: "Corp" }) });

  await page.goto("/people");
  await expect(way).toBeVisible();
  await look(page, "sign-in-ways");
  await way.click();
  await signInThere(page, "nobody-we-know", true);
  await expect(page.getByText(t("error.identity_no_role", { source: "Corp" }))).toBeVisible();
  expect(new URL(page.url()).search).toBe("");
  await look(page, "sign-in-return");
  await page.context().clearCookies();

  await page.goto("/people");
  await way.click();
  await signInThere(page, "grace", true);
  await page.waitForURL(`${product.url}/people`);
  const row = page.getByRole("row", { name: "grace" });
  await expect(row.getByText(t("people.by.openid"))).toBeVisible();
  await expect(row.getByLabel(t("people.role_of", { name: "grace" }))).toBeDisabled();

  await forgetProof(page, "**/api/people", "provider");
  await page.getByLabel(t("people.name"), { exact: true }).fill("Bob");
  await page.getByRole("button", { name: t("people.invite.submit") }).click();
  const dialog = page.getByRole("dialog", { name: t("people.proof") });
  await expect(dialog).toBeVisible();
  await look(page, "proof-provider");
  const opening = page.context().waitForEvent("page");
  await dialog.getByRole("button", { name: t("people.proof.provider") }).click();
  await signInThere(await opening, "grace", false);
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(t("people.link.title", { name: "Bob" }))).toBeVisible();

  await page.goto("/profile");
  await expect(page.getByText(t("people.profile.by.openid"))).toBeVisible();
  await page.getByRole("button", { name: t("people.profile.leave") }).click();
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await page.waitForURL(`${product.url}/sign-in**`);
  await page.context().close();
});

test("somebody comes in by the directory, over TLS, and shows by its password who they are", async ({
  browser,
}) => {
  const page = await open(browser, false);
  await page.goto("/people");
  await signIn(page, "lin", "not the password", DIRECTORY);
  await expect(page.getByText(t("error.sign_in_failed"))).toBeVisible();
  await look(page, "sign-in-directory");
  await signIn(page, "lin", PASSWORD);
  await expect(page.getByText(t("error.sign_in_failed"))).toBeVisible();
  await signIn(page, "lin", PASSWORD, DIRECTORY);
  await page.waitForURL(`${product.url}/people`);
  await expect(page.getByRole("row", { name: "lin" }).getByText(t("people.by.directory"))).toBeVisible();
  await forgetProof(page, "**/api/people", "password");
  await page.getByLabel(t("people.name"), { exact: true }).fill("Kim");
  await page.getByRole("button", { name: t("people.invite.submit") }).click();
  const dialog = page.getByRole("dialog", { name: t("people.proof") });
  await dialog.getByLabel(t("people.proof.password", { name: "lin" })).fill(PASSWORD);
  await dialog.getByRole("button", { name: t("people.proof.submit") }).click();
  await expect(page.getByText(t("people.link.title", { name: "Kim" }))).toBeVisible();
  await page.goto("/profile");
  await expect(page.getByText(t("people.profile.by.directory"))).toBeVisible();
  await look(page, "profile-directory");
  await page.getByRole("link", { name: t("people.profile.ways") }).click();
  const corp = page.getByRole("region", { name: DIRECTORY });
  await corp.getByRole("button", { name: t("people.ways.try") }).click();
  await expect(
    corp.getByText(t("people.ways.answers", { host: `localhost:${directory.port}` })),
  ).toBeVisible();
  const provided = page.getByRole("region", { name: "Corp", exact: true });
  await provided.getByRole("button", { name: t("people.ways.try") }).click();
  await expect(provided.getByText(t("people.ways.tried.openid"))).toBeVisible();
  await expect(page.getByText(CLIENT.secret)).toHaveCount(0);
  await look(page, "ways-in");
  await page.context().close();
});
