import { expect } from "@playwright/test";
import { LOCALES } from "@/lib/format/locale";
import { createTranslator } from "@/lib/i18n/translator";
import { test } from "./journey";
import { look } from "./look";
import { MigrationPage } from "./pages/migration-page";
import { WizardPage } from "./pages/wizard-page";

const DATABASE = { en: "SalesDB", "zh-CN": "Inventory" } as const;

for (const locale of LOCALES) {
  test(`wizard, full, differential, two logs, cutover, online, record (${locale})`, async ({
    browser,
    product,
  }) => {
    test.setTimeout(600_000);
    const text = createTranslator(locale);
    const database = DATABASE[locale];
    const context = await browser.newContext({
      baseURL: product.url,
      storageState: product.signedIn,
      viewport: { width: 1440, height: 900 },
    });
    await context.addCookies([{ name: "lang", value: locale, url: product.url }]);
    const page = await context.newPage();
    const wizard = new WizardPage(page, text);
    const migration = new MigrationPage(page, text);

    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("lang", locale);
    await look(page, `${locale}-home`);

    await test.step("Import Guide", async () => {
      await wizard.open();
      await wizard.chooseSource("Sandbox SQL Server", database);
      await expect(wizard.saved()).toBeVisible();
      await page.reload();
      await expect(page.getByRole("radio", { name: database, exact: true })).toBeChecked();
      await look(page, `${locale}-wizard-source`);
      await wizard.goOn();
      await expect(wizard.step("backup")).toBeVisible();
      await look(page, `${locale}-wizard-backup`);
      await wizard.goOn();
      await expect(wizard.step("import")).toBeVisible();
      await wizard.chooseInstance(/production/);
      await look(page, `${locale}-wizard-import`);
      await wizard.goOn();
      await expect(wizard.step("review")).toBeVisible();
      await look(page, `${locale}-wizard-review`);
      await wizard.goOn();
      await page.waitForURL(/\/migrations\/(?!new)[a-z0-9]+/);
    });

    await test.step("full, differential, two logs", async () => {
      await expect(migration.takeDifferential).toBeVisible({ timeout: 60_000 });
      await look(page, `${locale}-migration-rounds`);
      await migration.takeDifferential.click();
      await expect(migration.takeDifferential).toBeHidden();
      for (const _round of ["first log", "second log"]) {
        await expect(migration.takeLog).toBeVisible({ timeout: 60_000 });
        await migration.takeLog.click();
        await expect(migration.takeLog).toBeHidden();
      }
      await expect(migration.takeLog).toBeVisible({ timeout: 60_000 });
      for (const tab of ["chain", "files", "events", "provider", "timeline"] as const) {
        await migration.openTab(tab);
        await look(page, `${locale}-migration-${tab}`);
      }
    });

    await test.step("cutover", async () => {
      await migration.beginCutover(database);
      await expect(migration.online(database)).toBeVisible({ timeout: 90_000 });
      await look(page, `${locale}-migration-online`);
    });

    const id = /migrations\/([a-z0-9]+)/.exec(page.url())?.[1] ?? "";
    const view = await (await page.request.get(`/api/migrations/${id}`)).json();
    const imported = view.files.filter((file: { state: string }) => file.state === "imported");
    expect(imported.map((file: { type: string; tail: boolean }) => (file.tail ? "tail" : file.type))).toEqual(
      ["full", "differential", "log", "log", "tail"],
    );
    for (const file of imported) expect(file.importedTimes, file.name).toBe(1);
    expect(view.cutover.downtimeSeconds).toBeGreaterThan(0);

    await test.step("record", async () => {
      await page.goto("/records");
      await expect(page.getByRole("cell", { name: database }).first()).toBeVisible();
      await look(page, `${locale}-records`);
      await page.goto("/connections");
      await expect(page.getByText("Sandbox SQL Server").first()).toBeVisible();
      await look(page, `${locale}-connections`);
    });
    await context.close();
  });
}
