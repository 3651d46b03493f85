import { readFileSync, writeFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { LOCALES } from "@/lib/format/locale";
import type { Translator } from "@/lib/i18n/translate";
import { createTranslator } from "@/lib/i18n/translator";
import { test } from "./journey";
import { look } from "./look";
import { AftercarePage } from "./pages/aftercare-page";
import { MigrationPage } from "./pages/migration-page";
import { WizardPage } from "./pages/wizard-page";
import type { Product } from "./start-product";

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

    await test.step("aftercare", async () => {
      await doAftercare(page, { product, text, database });
      await look(page, `${locale}-migration-aftercare`);
      await page.goto(`/migrations/${id}/report`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await look(page, `${locale}-report`);
      const pdf = test.info().outputPath("report.pdf");
      const printed = await product.command("report", id, "--pdf", pdf, "--lang", locale);
      expect(printed.code, printed.output).toBe(0);
      expect(readFileSync(pdf).subarray(0, 5).toString()).toBe("%PDF-");
    });

    await test.step("an edited event is found", async () => {
      const { output } = await product.command("report", id, "--json");
      const verify = async (name: string, content: string) => {
        const file = test.info().outputPath(name);
        writeFileSync(file, content);
        return product.command("verify-record", file, "--json");
      };
      expect((await verify("whole.json", output)).code).toBe(0);
      const edited = output.replace('"type":"writes_stopped"', '"type":"cutover_requested"');
      expect(edited).not.toBe(output);
      const found = await verify("edited.json", edited);
      expect(found.code, found.output).toBe(1);
    });

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

const SETTLED_BY_WORD = [
  "orphaned_users",
  "server_objects",
  "settings",
  "backup_policy",
  "connection_strings",
  "source",
] as const;

/** Every step: rows compared, an account made and let in, the first backup to its end, the way back kept and given up, the rest by a note. */
async function doAftercare(
  page: Page,
  { product, text, database }: { product: Product; text: Translator; database: string },
): Promise<void> {
  const { t } = text;
  const aftercare = new AftercarePage(page, text);
  const migration = new MigrationPage(page, text);
  await migration.closeDialog();
  await migration.openTab("aftercare");

  const rows = Object.entries(await product.rowsOnRds(database));
  const counts = await aftercare.open("row_counts");
  await counts
    .getByRole("textbox")
    .first()
    .fill(rows.map(([table, count]) => `${table}\t${count}`).join("\n"));
  await aftercare.press("row_counts", t("aftercare.counts.compare"));
  await expect(aftercare.done("row_counts")).toBeVisible();

  const accounts = await aftercare.open("accounts");
  await accounts
    .getByRole("button", { name: t("aftercare.accounts.create"), exact: true })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("aftercare.create.password"), { exact: true }).fill("Never-kept-7");
  await dialog.getByRole("button", { name: t("aftercare.create.confirm"), exact: true }).click();
  await expect(dialog).toBeHidden();
  await aftercare.settle("accounts", "SSO");
  await expect(aftercare.done("accounts")).toBeVisible();

  await aftercare.press("first_backup", t("aftercare.backup.start"));
  await expect(aftercare.done("first_backup")).toBeVisible({ timeout: 60_000 });
  for (const step of SETTLED_BY_WORD) {
    await aftercare.settle(step, "CHG-1");
    await expect(aftercare.done(step)).toBeVisible();
  }
  await aftercare.press("revert_window", t("aftercare.revert.hours", { hours: 24 }));
  await aftercare.press("revert_window", t("aftercare.revert.end"));
  await expect(aftercare.done("revert_window")).toBeVisible();
  await aftercare.settle("clean_up", "CHG-1");
  await expect(page.getByText(t("aftercare.count", { done: 11, total: 11 })).first()).toBeVisible();
}
