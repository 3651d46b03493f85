import { type Browser, expect, type Page, test } from "@playwright/test";
import { createTranslator } from "@/lib/i18n/translator";
import { look } from "./look";
import { MigrationPage } from "./pages/migration-page";
import { startMigration } from "./start-migration";
import { type Product, signInByLink, startProduct } from "./start-product";

const text = createTranslator("en");
const { t } = text;
const DATABASE = "SalesDB";

let product: Product;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  product = await startProduct();
});
test.afterAll(() => product?.stop());

async function open(browser: Browser, storageState: Product["signedIn"]): Promise<Page> {
  const context = await browser.newContext({
    ...{ baseURL: product.url, storageState, viewport: { width: 1440, height: 900 } },
  });
  return context.newPage();
}

test("a cutover that one arms is approved by another, and by nobody else", async ({ browser }) => {
  test.setTimeout(600_000);
  const admin = await open(browser, product.signedIn);
  const { request } = admin.context();
  const headers = { origin: product.url };
  const rules = { approval: true, freezes: [] };
  const saved = await request.put("/api/cutover-rules", { headers, data: rules });
  expect(saved.status(), await saved.text()).toBe(200);
  const people = "/api/people";
  const invited = await request.post(people, { headers, data: { name: "Ben", role: "operator" } });
  const { token, personId } = (await invited.json()) as { token: string; personId: string };
  const ben = await open(browser, await signInByLink(product.url, token));
  const id = await startMigration(request, product);

  const armed = new MigrationPage(admin, text);
  await armed.open(id);
  await expect(armed.takeLog.or(armed.takeDifferential).first()).toBeVisible({ timeout: 90_000 });
  await armed.beginCutover(DATABASE);
  await expect(armed.dialog.getByText(t("error.cutover_needs_approval"))).toBeVisible();
  await armed.dialog.getByText(t("cutover.hold.person"), { exact: true }).click();
  await armed.dialog.getByRole("button", { name: t("cutover.hold.submit"), exact: true }).click();
  await expect(admin.getByText(t("cutover.hold.armed.person"))).toBeVisible();
  await admin.getByRole("button", { name: t("readiness.approval.give"), exact: true }).click();
  await expect(admin.getByText(t("error.approval_by_same_person"))).toBeVisible();
  await admin.getByRole("button", { name: t("cutover.hold.release"), exact: true }).click();
  await expect(admin.getByText(t("error.cutover_needs_approval"))).toBeVisible();
  await look(admin, "four-eyes-armed");
  // By the API no more than on the page.
  const actions = `/api/migrations/${id}/actions`;
  const approve = { headers, data: { type: "approve_cutover" } };
  const own = await request.post(actions, approve);
  expect([own.status(), (await own.json()).reason]).toEqual([403, "approval_by_same_person"]);

  await ben.goto(`/migrations/${id}`);
  await ben.getByRole("button", { name: t("readiness.approval.give"), exact: true }).click();
  await expect(admin.getByText(/^Approved by Ben/)).toBeVisible();
  await expect(ben.getByText(/^Approved by Ben/)).toBeVisible();
  await ben.getByRole("button", { name: t("cutover.hold.release"), exact: true }).click();
  await expect(armed.online(DATABASE)).toBeVisible({ timeout: 120_000 });

  // However long all that took: a password that is set just now needs no other proof.
  const password = { currentPassword: null, newPassword: "drei gelbe Kutschen" };
  const set = await request.put("/api/profile/password", { headers, data: password });
  expect(set.status(), await set.text()).toBe(204);
  // Shut out while his page is open: it ends, live parts with it.
  const change = { role: "operator", disabled: true };
  const shut = await request.put(`${people}/${personId}`, { headers, data: change });
  expect(shut.status(), await shut.text()).toBe(204);
  // Unless it has ended by itself before.
  const records = ben.getByRole("link", { name: t("shell.records") }).first();
  await records.click({ timeout: 5_000 }).catch(() => undefined);
  await expect(ben.getByRole("heading", { level: 1, name: t("entry.title") })).toBeVisible();
  const refused = await ben.context().request.post(actions, approve);
  expect(refused.status()).toBe(401);

  const audit = await (await request.get("/api/audit?action=actions")).json();
  const outcomes = audit.entries.map(
    ({ actor, outcome }: { actor: string; outcome: string }) => `${actor} ${outcome}`,
  );
  expect(outcomes).toEqual(
    expect.arrayContaining(["administrator done", "administrator refused", "Ben done"]),
  );
  for (const page of [admin, ben]) await page.context().close();
});
