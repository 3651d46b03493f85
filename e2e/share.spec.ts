import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "@playwright/test";
import { createTranslator } from "@/lib/i18n/translator";
import { test } from "./journey";
import { look } from "./look";
import { startMigration } from "./start-migration";
import { startProduct } from "./start-product";

for (const locale of ["en", "zh-CN"] as const) {
  const { t } = createTranslator(locale);

  test(`a link lets somebody look on, shows nothing else, and ends at once (${locale})`, async ({
    browser,
    context,
    request,
    product,
  }) => {
    const database = locale === "en" ? "HRDB" : "Inventory";
    const id = await startMigration(request, product, {
      ...{ sourceDatabase: database, targetDatabase: database, prefix: `${database}/` },
    });
    const browserContext = await browser.newContext({
      ...{ baseURL: product.url, storageState: await context.storageState(), locale },
    });
    const page = await browserContext.newPage();
    await page.goto(`/migrations/${id}`);
    await page.getByRole("link", { name: t("shell.share"), exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: t("share.title") })).toBeVisible();
    await expect(page.getByText(t("share.none"))).toBeVisible();
    await page.getByRole("button", { name: t("share.make") }).click();
    const link = page.getByText("/share#");
    await expect(link).toBeVisible();
    await look(page, `shares-${locale}`);
    const address = (await link.textContent()) ?? "";

    const visitor = await browser.newContext({ storageState: { cookies: [], origins: [] }, locale });
    const shared = await visitor.newPage();
    const answer = await shared.goto(address);
    expect(answer?.headers()["referrer-policy"]).toBe("no-referrer");
    await expect(shared.getByRole("article").getByText(database)).toBeVisible();
    await expect(shared.getByText(t("share.page.until"))).toBeVisible();
    for (const role of ["button", "link", "textbox"] as const)
      await expect(shared.getByRole(role)).toHaveCount(0);
    await look(shared, `shared-${locale}`);

    await page.reload();
    await page.getByRole("button", { name: t("share.revoke") }).click();
    await expect(page.getByText(t("share.none"))).toBeVisible();
    await expect(shared.getByText(t("error.share_not_valid"))).toBeVisible();
    await expect(shared.getByText(database)).toHaveCount(0);
    await look(shared, `shared-over-${locale}`);
    await visitor.close();
    await browserContext.close();
  });
}

test("a link shows nothing more once its time is over", async ({ browser }) => {
  const { t } = createTranslator("en");
  const folder = mkdtempSync(join(tmpdir(), "chainferry-clock-"));
  const clock = join(folder, "ahead-ms");
  writeFileSync(clock, "0");
  const product = await startProduct({
    environment: {
      NODE_OPTIONS: `--require ${resolve("e2e/shift-clock.cjs")}`,
      CHAINFERRY_TEST_CLOCK: clock,
    },
  });
  try {
    const signedIn = { baseURL: product.url, storageState: product.signedIn, locale: "en" };
    const page = await (await browser.newContext(signedIn)).newPage();
    await page.goto("/shares");
    await expect(page.getByLabel(t("share.what"))).not.toHaveValue("");
    await page.getByLabel(t("share.span")).selectOption("8h");
    await page.getByRole("button", { name: t("share.make") }).click();
    const link = page.getByText("/share#");
    await expect(link).toBeVisible();

    const visitor = await browser.newContext({ storageState: { cookies: [], origins: [] }, locale: "en" });
    const shared = await visitor.newPage();
    await shared.goto((await link.textContent()) ?? "");
    await expect(shared.getByText(t("share.page.until"))).toBeVisible();
    writeFileSync(clock, String(8 * 3_600_000 + 60_000));
    await expect(shared.getByText(t("error.share_not_valid"))).toBeVisible();
    await expect(shared.getByText(t("share.page.until"))).toHaveCount(0);
    await page.reload();
    await expect(page.getByText(t("share.none"))).toBeVisible();
  } finally {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
