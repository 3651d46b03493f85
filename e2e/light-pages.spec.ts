import { gzipSync } from "node:zlib";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { en } from "@/lib/i18n/en/index";
import { createTranslator } from "@/lib/i18n/translator";
import { startMigration } from "./start-migration";
import { type Product, startProduct } from "./start-product";

/**
 * Bytes of JavaScript, gzipped, that the document of a page may name, and how many more may come late: because of what the page found (a
 * failed task's diagnosis, say) or after it can be used (the bar's clock and theme switch, who is signed in, the sandbox's banner, the
 * list's views, the settings' panels). `npm run bench -- pages` tells them.
 */
const BUDGETS = {
  "/": { first: 170_000, late: 14_500 },
  "/records": { first: 170_000, late: 12_000 },
  "/connections": { first: 170_000, late: 11_500 },
  "/migrations/new": { first: 200_000, late: 11_500 },
  "/migrations/:id": { first: 200_000, late: 11_500 },
  "/settings": { first: 170_000, late: 24_000 },
  "/wall": { first: 176_000, late: 11_500 },
} as const;

// One product for all of them: a worker each would start another.
test.describe.configure({ mode: "default" });

let product: Product;
let migrationId: string;

test.beforeAll(async ({ playwright }) => {
  test.setTimeout(600_000);
  product = await startProduct();
  const request = await playwright.request.newContext({ storageState: product.signedIn });
  migrationId = await startMigration(request, product);
  await request.dispose();
});
test.afterAll(() => product?.stop());

/** A page in a browser that has nothing of ours yet. */
async function openFresh(browser: Browser, locale: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: product.url, storageState: product.signedIn, locale });
  return context.newPage();
}

/** Until the page has asked for nothing for a while; a migration's stream never ends, so not until it is idle. */
async function settle(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForTimeout(2_000);
}

for (const [route, { first: budget, late }] of Object.entries(BUDGETS)) {
  test(`${route} loads at most ${budget / 1000} kB of JavaScript`, async ({ browser }) => {
    const page = await openFresh(browser, "en-US");
    const loaded = new Map<string, number>();
    const failures: string[] = [];
    page.on("pageerror", (error) => failures.push(error.message));
    page.on("console", (message) => message.type() === "error" && failures.push(message.text()));
    page.on("response", async (response) => {
      if (!/javascript/.test(response.headers()["content-type"] ?? "")) return;
      loaded.set(response.url(), gzipSync(await response.body(), { level: 9 }).length);
    });
    const answer = await page.goto(route.replace(":id", migrationId));
    const document = (await answer?.text()) ?? "";
    await settle(page);
    const sum = (sizes: [string, number][]) => sizes.reduce((total, [, size]) => total + size, 0);
    const first = [...loaded].filter(([url]) => document.includes(new URL(url).pathname));
    console.warn(
      `${route}: ${sum(first)} bytes in ${first.length} files, ${loaded.size - first.length} later`,
    );
    expect(first.length).toBeGreaterThan(5);
    expect(sum(first)).toBeLessThanOrEqual(budget);
    expect(sum([...loaded])).toBeLessThanOrEqual(budget + late);
    expect(failures).toEqual([]);
    await page.context().close();
  });
}

const key = new RegExp(`\\b(?:${Object.keys(en).join("|")})\\.[a-z_]+\\.?[a-z_]*\\b`);

for (const locale of ["en-US", "zh-CN"]) {
  test(`every text that a page shows has come with it (${locale})`, async ({ browser }) => {
    const page = await openFresh(browser, locale);
    for (const route of Object.keys(BUDGETS)) {
      await page.goto(route.replace(":id", migrationId));
      await settle(page);
      expect(await page.locator("main").textContent(), route).not.toMatch(key);
    }
    await page.goto(`/migrations/${migrationId}`);
    await settle(page);
    const tabs = page.getByRole("tab");
    expect(await tabs.count()).toBeGreaterThan(1);
    for (const tab of await tabs.all()) {
      await tab.click();
      await page.waitForTimeout(500);
      expect(await page.locator("main").textContent(), (await tab.textContent()) ?? "").not.toMatch(key);
    }
    await page.context().close();
  });
}

test("the language changes at once, and what was chosen stays", async ({ browser }) => {
  const [english, chinese] = [createTranslator("en"), createTranslator("zh-CN")];
  const page = await openFresh(browser, "en-US");
  await page.goto(`/migrations/${migrationId}`);
  await page.getByRole("tab", { name: english.t("migration.tab.provider") }).click();
  await expect(page.getByText(english.t("provider.text"))).toBeVisible();
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByText(chinese.t("provider.text"))).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page.getByRole("tab", { selected: true })).toHaveText(chinese.t("migration.tab.provider"));
  await page.reload();
  await expect(page.getByText(chinese.t("provider.text"))).toBeVisible();
  await page.context().close();
});

test("a failure says what it is, also when the server is gone and its texts cannot be had", async ({
  browser,
}) => {
  const { t } = createTranslator("en");
  const page = await openFresh(browser, "en-US");
  await page.goto("/connections");
  await settle(page);
  await page.route("**/api/**", (route) => route.abort());
  await page
    .getByRole("link", { name: t("shell.migrations") })
    .first()
    .click();
  await expect(page.getByText(t("error.offline"))).toBeVisible({ timeout: 60_000 });
  await page.context().close();
});
