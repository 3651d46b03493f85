import { expect, type Page, test } from "@playwright/test";
import type { WavePreflightView, WaveView } from "@/lib/contracts/wave";
import { LOCALES } from "@/lib/format/locale";
import { createTranslator } from "@/lib/i18n/translator";
import { look } from "./look";
import { type Product, startProduct } from "./start-product";

const NAME = "Weekend 1";
const INSTANCE = "rm-sandbox2022ha";
const TIME_FACTOR = 400;
/** What RDS takes longer for the last log of one database in this scenario, seconds: a deadline ends before that. */
const SLOW_SECONDS = (4 * 3600) / TIME_FACTOR;
/** A machine that is busy passes a forecast by as much. */
const ROOM = 2;
const { t } = createTranslator("en");

let product: Product;
test.beforeAll(async () => {
  test.setTimeout(600_000);
  product = await startProduct({ scenario: "wave", timeFactor: TIME_FACTOR });
});
test.afterAll(() => product?.stop());

test("databases of a server in one wave: one is held by the preflight, one by its chain, one passes its deadline, and holds nobody", async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const context = await browser.newContext({ baseURL: product.url, storageState: product.signedIn });
  const page = await context.newPage();
  await page.goto("/waves/new");
  await page.getByLabel(t("wave.form.name"), { exact: true }).fill(NAME);
  const source = page.locator("#wave-source-0");
  const ours = source.locator("option", { hasText: "Sandbox SQL Server" });
  await source.selectOption((await ours.getAttribute("value")) ?? "");
  await page.getByLabel(t("wave.form.patterns")).fill("SalesDB, HRDB, Inventory, LegacyCRM");
  await choose(page, t("wave.form.instance"), INSTANCE);
  await page.getByLabel(t("wave.form.sources")).fill("4");
  await page.getByLabel(t("wave.form.restores")).fill("4");
  await inBoth(page, "wave-form");
  await page.getByRole("button", { name: t("wave.form.save") }).click();
  await expect(page.getByRole("heading", { level: 1, name: NAME })).toBeVisible();
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";

  // Saved, it is looked over without being asked.
  await expect(page.getByRole("img", { name: new RegExp(t("wave.cell.block")) }).first()).toBeVisible({
    timeout: 60_000,
  });
  await acceptWarnings(page, id);
  await page.getByRole("button", { name: t("wave.start"), exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: t("wave.start"), exact: true }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole("button", { name: t("wave.rules.change") }).click();
  await dialog.getByLabel(t("wave.form.line")).fill("200");
  await dialog.getByRole("button", { name: t("wave.rules.confirm"), exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("region", { name: t("wave.shared") })).toContainText("200");

  const ready = await until(
    page,
    id,
    ({ stage, migration }) => stage === "stopped" || migration.needs?.key === "cutover_ready",
  );
  await page.getByRole("button", { name: t("wave.arm") }).click();
  const late = Math.max(...ready.members.map(({ downtimeSeconds }) => downtimeSeconds?.p90 ?? 0));
  const deadline = Math.min(SLOW_SECONDS * 0.9, Math.max(SLOW_SECONDS / 2, ROOM * late));
  await dialog.getByLabel(t("wave.arm.minutes")).fill((deadline / 60).toFixed(2));
  await dialog.getByRole("button", { name: t("wave.arm.confirm"), exact: true }).click();
  await expect(dialog).toBeHidden();
  await until(page, id, ({ stage, armed }) => stage === "stopped" || armed);
  await page.getByRole("button", { name: t("wave.go"), exact: true }).click();
  await dialog.getByLabel(t("wave.go.type", { name: NAME })).fill(NAME);
  await dialog.getByRole("button", { name: t("wave.go.confirm"), exact: true }).click();
  const over = await until(
    page,
    id,
    ({ stage, takenBack, migration }) =>
      stage === "stopped" || stage === "online" || (takenBack !== null && migration.custody === null),
  );
  const ends = over.members.map(({ migration, stage, takenBack }) => [
    migration.source.database,
    takenBack ?? stage,
  ]);
  expect(Object.fromEntries(ends)).toEqual({
    SalesDB: "online",
    HRDB: "deadline",
    Inventory: "stopped",
    LegacyCRM: "stopped",
  });
  await inBoth(page, "wave-ended", async (local) => {
    const held = page.getByRole("region", { name: local("wave.held.title", { count: 3, total: 4 }) });
    await expect(held.getByText("LegacyCRM")).toBeVisible();
    await expect(held.getByText(local("wave.held.taken_back", { by: "deadline" }))).toBeVisible();
    await expect(page.getByText(local("wave.fact.online", { count: 1 }))).toBeVisible();
  });

  // What is asked of all on the list is done by those whom it concerns; the one that is over says so.
  await until(page, id, ({ stage, migration }) => stage !== "online" || migration.status === "succeeded");
  await page.goto("/");
  await page.getByRole("button", { name: t("migrations.compact"), exact: true }).click();
  await page.getByLabel(t("bulk.all")).check();
  await page.getByRole("button", { name: t("bulk.pause") }).click();
  await inBoth(page, "bulk", async (local) => {
    const what = local("bulk.did.pause");
    const said = page
      .getByRole("status")
      .filter({ hasText: local("bulk.done", { what, done: 3, wanted: 4 }) });
    await expect(said).toContainText(`SalesDB ${local("migration.why_not.over")}`);
  });
  await context.close();
});

async function choose(page: Page, label: string, value: string): Promise<void> {
  const select = page.getByLabel(label, { exact: true });
  await select.locator(`option[value="${value}"]`).waitFor({ state: "attached" });
  await select.selectOption(value);
}

/** The page as it stands, in both languages; English again afterwards. What was typed stays. */
async function inBoth(
  page: Page,
  name: string,
  check: (local: typeof t) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const switched = page.getByTitle(t("shell.language"));
  for (const locale of LOCALES) {
    const local = createTranslator(locale).t;
    if (locale !== "en") await switched.click();
    await check(local);
    await look(page, `${locale}-${name}`);
    if (locale !== "en") await page.getByTitle(local("shell.language")).click();
  }
}

/** As somebody does who has read them, on each database's own page. */
async function acceptWarnings(page: Page, id: string): Promise<void> {
  const { request } = page.context();
  const headers = { origin: product.url };
  const matrix = (await (await request.get(`/api/waves/${id}/preflight`)).json()) as WavePreflightView;
  for (const { migrationId } of matrix.rows) {
    const path = `/api/migrations/${migrationId}/preflight`;
    const { probes } = await (await request.get(path)).json();
    for (const { id: probe, gist, verdict, accepted } of probes) {
      if (verdict !== "warn" || accepted !== null) continue;
      const data = { probe, gist, reason: "a rehearsal" };
      const answer = await request.post(`${path}/accept`, { headers, data });
      expect(answer.status(), await answer.text()).toBeLessThan(300);
    }
  }
}

async function until(
  page: Page,
  id: string,
  isSo: (member: WaveView["members"][number]) => boolean,
): Promise<WaveView> {
  for (;;) {
    const wave = (await (await page.context().request.get(`/api/waves/${id}`)).json()) as WaveView;
    if (wave.members.every(isSo)) return wave;
    await page.waitForTimeout(500);
  }
}
