import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { LOCALES } from "@/lib/format/locale";
import { createTranslator } from "@/lib/i18n/translator";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { checksumOfFile } from "./checksum-of-file";
import { test } from "./journey";
import { look } from "./look";

let folder: string;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "chainferry-bucket-"));
});
test.afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function writeBackup(name: string, payloadBytes: number): string {
  const at = 60n * 10n ** 15n;
  const set = {
    type: "full" as const,
    databaseName: "Browsed",
    firstLsn: at,
    lastLsn: at + 100n,
    checkpointLsn: at,
    payloadBytes,
  };
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([...backupBytes({ sets: [set] })]));
  return path;
}

test("a bucket outside a migration: a file goes in, its header is read, and it is deleted by its name", async ({
  browser,
  product,
}) => {
  const context = await browser.newContext({
    baseURL: product.url,
    storageState: product.signedIn,
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  const { t } = createTranslator("en");
  await page.goto("/connections");
  await page.getByRole("link", { name: t("connections.card.buckets") }).click();
  await expect(page.getByRole("heading", { level: 1, name: t("browse.title") })).toBeVisible();
  const buckets = page.getByLabel(t("bucket.choose.label"));
  await expect(buckets.locator("option")).not.toHaveCount(1);
  await buckets.selectOption({ index: 1 });
  await page.getByLabel(t("browse.upload.folder")).fill("browsed");
  const big = writeBackup("big.bak", 24 * 1024 ** 2);
  const notes = join(folder, "notes.bak");
  writeFileSync(notes, "not a backup");
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: t("browse.upload.choose") }).click(),
  ]);
  await chooser.setFiles([big, notes]);
  const list = page.getByRole("list", { name: t("browse.upload.files") });
  const crc64 = checksumOfFile(big);
  await expect(list).toContainText(t("browse.upload.done", { key: "browsed/big.bak", crc64 }), {
    timeout: 120_000,
  });
  await expect(list).toContainText("browsed/notes.bak", { timeout: 60_000 });

  await page.getByLabel(t("object.prefix")).fill("browsed/");
  await page.getByRole("radio", { name: "browsed/notes.bak" }).check();
  for (const locale of LOCALES) {
    const local = createTranslator(locale).t;
    await context.addCookies([{ name: "lang", value: locale, url: product.url }]);
    await page.reload();
    await page.getByLabel(local("object.prefix")).fill("browsed/");
    await page.getByRole("radio", { name: "browsed/big.bak" }).check();
    await expect(page.getByText(local("browse.readable")).filter({ visible: true }).first()).toBeVisible();
    await look(page, `${locale}-bucket`);
    await page.getByRole("button", { name: local("browse.show") }).click();
    const header = page.getByRole("dialog", { name: local("browse.header.title") });
    await expect(header).toContainText("Browsed");
    await expect(header.getByText(local("browse.field.set_guid"))).toBeVisible();
    await look(page, `${locale}-bucket-header`);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: local("browse.delete") }).click();
    await expect(page.getByRole("dialog", { name: local("browse.delete.title") })).toBeVisible();
    await look(page, `${locale}-bucket-delete`);
    await page.keyboard.press("Escape");
  }

  await context.addCookies([{ name: "lang", value: "en", url: product.url }]);
  await page.reload();
  await page.getByLabel(t("object.prefix")).fill("browsed/");
  await page.getByRole("radio", { name: "browsed/big.bak" }).check();
  await page.getByRole("button", { name: t("browse.delete") }).click();
  const dialog = page.getByRole("dialog", { name: t("browse.delete.title") });
  const confirm = dialog.getByRole("button", { name: t("browse.delete.confirm") });
  await confirm.click();
  await expect(dialog).toContainText(t("browse.delete.misnamed", { name: "big.bak" }));
  await dialog.getByRole("textbox").fill("big.bak");
  await confirm.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("radio", { name: "browsed/big.bak" })).toHaveCount(0);
  await expect(page.getByRole("radio", { name: "browsed/notes.bak" })).toBeVisible();
  await context.close();
});
