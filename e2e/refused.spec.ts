import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import type { BackupType } from "@/lib/backup/backup-kind";
import { LOCALES } from "@/lib/format/locale";
import { createTranslator } from "@/lib/i18n/translator";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { test } from "./journey";
import { look } from "./look";
import { MigrationPage } from "./pages/migration-page";
import { importsOf, readMigration, startMigration } from "./start-migration";

let folder: string;

test.use({ scenario: "gap" });

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "chainferry-refused-"));
});
test.afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function writeBackup(name: string, type: BackupType, firstLsn: bigint, lastLsn: bigint): void {
  const set = {
    type,
    databaseName: "Orders",
    firstLsn,
    lastLsn,
    checkpointLsn: firstLsn,
    payloadBytes: 200_000,
    softwareVersion: "15.0.4430",
    databaseVersion: 904,
  };
  writeFileSync(join(folder, name), Buffer.concat([...backupBytes({ sets: [set] })]));
}

test("a gap after somebody else's log backup: refused before RDS hears of it, and the page says what is needed", async ({
  browser,
  product,
}) => {
  const context = await browser.newContext({
    baseURL: product.url,
    storageState: product.signedIn,
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  const text = createTranslator("en");
  const migration = new MigrationPage(page, text);
  const id = await startMigration(page.request, product);
  await migration.open(id);
  for (const _round of ["log before the other tool", "log after it"]) {
    await expect(migration.takeLog).toBeVisible({ timeout: 60_000 });
    await migration.takeLog.click();
    await expect(migration.takeLog).toBeHidden();
  }
  await expect
    .poll(async () => (await readMigration(page.request, product, id)).files.map((file) => file.state), {
      timeout: 60_000,
    })
    .toContain("refused");
  const view = await readMigration(page.request, product, id);
  const refused = view.files.find((file) => file.state === "refused");
  expect(refused?.verdict).toMatchObject({ kind: "gap", fromLsn: view.chain.targetLsn });
  expect(importsOf(view, refused?.name ?? "")).toBe(0);
  for (const locale of LOCALES) {
    await context.addCookies([{ name: "lang", value: locale, url: product.url }]);
    await migration.open(id);
    const local = new MigrationPage(page, createTranslator(locale));
    for (const tab of ["files", "chain"] as const) {
      await local.openTab(tab);
      await expect(page.getByText(refused?.name ?? "").first()).toBeVisible();
      await expect(page.getByText(view.chain.targetLsn ?? "?").first()).toBeVisible();
      await look(page, `${locale}-gap-${tab}`);
    }
    await expect(local.takeDifferential.first()).toBeEnabled();
  }
  await context.close();
});

test("a full backup where a log was due, whatever its name", async ({ browser, product }) => {
  const context = await browser.newContext({
    baseURL: product.url,
    storageState: product.signedIn,
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  const at = (slot: number) => 50n * 10n ** 15n + BigInt(slot) * 100_000n + 1n;
  writeBackup("Orders_FULL.bak", "full", at(1), at(20));
  const id = await startMigration(page.request, product, {
    sourceConnectionId: null,
    sourceDatabase: "Orders",
    targetDatabase: "Orders",
    backupBy: "others",
    localFolder: folder,
    prefix: "orders/",
  });
  await expect
    .poll(async () => (await readMigration(page.request, product, id)).needs?.key, { timeout: 60_000 })
    .toBe("upload_next_file");
  writeBackup("Orders_LOG.trn", "full", at(30), at(50));
  await expect
    .poll(async () => (await readMigration(page.request, product, id)).needs?.key, { timeout: 60_000 })
    .toBe("file_refused");
  const view = await readMigration(page.request, product, id);
  expect(view.files.find((file) => file.name === "Orders_LOG.trn")?.verdict?.kind).toBe(
    "full-instead-of-log",
  );
  expect(importsOf(view, "Orders_LOG.trn")).toBe(0);
  for (const locale of LOCALES) {
    await context.addCookies([{ name: "lang", value: locale, url: product.url }]);
    const migration = new MigrationPage(page, createTranslator(locale));
    await migration.open(id);
    await migration.openTab("files");
    await expect(page.getByText(at(20).toString()).first()).toBeVisible();
    await look(page, `${locale}-full-instead-of-log`);
  }
  // The right file comes, and the migration goes on by itself.
  writeBackup("Orders_LOG_2.trn", "log", at(15), at(60));
  await expect
    .poll(async () => (await readMigration(page.request, product, id)).chain.targetLsn, { timeout: 60_000 })
    .toBe(at(60).toString());
  await context.close();
});
