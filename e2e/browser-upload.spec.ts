import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type APIRequestContext, type BrowserContext, expect, type Page } from "@playwright/test";
import type { UploadListView } from "@/lib/contracts/browser-upload";
import { LOCALES } from "@/lib/format/locale";
import { createTranslator } from "@/lib/i18n/translator";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import type { PartLedger } from "@/sandbox/oss/part-ledger";
import { checksumOfFile } from "./checksum-of-file";
import { test } from "./journey";
import { look } from "./look";
import { UploadPanel } from "./pages/upload-panel";
import { readMigration, startMigration } from "./start-migration";
import type { Product } from "./start-product";
import { writeSparseBackup } from "./write-sparse-backup";

const MIB = 1024 ** 2;
/** 41 parts; with `npm run test:long` a gigabyte. */
const BIG = process.env.CHAINFERRY_LONG === undefined ? 320 * MIB : 1024 * MIB;
/** For what a busy machine may take long over. */
const WAIT = { timeout: 120_000 };
/** As many parts as a browser has on the line at once. */
const MOST_LANES = 6;
const at = (slot: number) => 50n * 10n ** 15n + BigInt(slot) * 100_000n + 1n;
const text = createTranslator("en");

let product: Product;
let folder: string;

test.beforeAll(({ product: started }) => {
  folder = mkdtempSync(join(tmpdir(), "chainferry-browser-"));
  product = started;
});
test.afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function setOf(
  type: "full" | "log",
  first: number,
  last: number,
  payloadBytes: number,
  databaseName = "Orders",
) {
  return {
    type,
    databaseName,
    firstLsn: at(first),
    lastLsn: at(last),
    checkpointLsn: at(first),
    payloadBytes,
    softwareVersion: "15.0.4430",
    databaseVersion: 904,
  };
}

function writeSmall(name: string, ...set: Parameters<typeof setOf>): string {
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([...backupBytes({ sets: [setOf(...set)] })]));
  return path;
}

function begin(request: APIRequestContext, prefix: string): Promise<string> {
  return startMigration(request, product, {
    sourceConnectionId: null,
    sourceDatabase: "Orders",
    targetDatabase: `Orders_${prefix}`,
    transport: "browser",
    backupBy: "others",
    localFolder: "",
    sourceFolder: "",
    prefix: `${prefix}/`,
  });
}

async function openPage(context: BrowserContext, id: string): Promise<{ page: Page; panel: UploadPanel }> {
  const page = await context.newPage();
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto(`/migrations/${id}`);
  return { page, panel: new UploadPanel(page, text) };
}

test(`${BIG / MIB} MB survive two reloads: what OSS has is not sent again, and the object is equal to the bit`, async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const context = await browser.newContext({
    baseURL: product.url,
    storageState: product.signedIn,
    viewport: { width: 1440, height: 900 },
  });
  const path = join(folder, "Orders_FULL.bak");
  const size = writeSparseBackup(path, setOf("full", 1, 20, BIG));
  expect(size).toBeGreaterThanOrEqual(BIG);
  const id = await begin(context.request, "big");
  const { page, panel } = await openPage(context, id);
  let oss = "";
  page.on("request", (request) => {
    if (request.method() === "PUT" && request.url().includes("x-oss-signature")) {
      oss = new URL(request.url()).origin;
    }
  });
  const uploads = async () =>
    ((await (await page.request.get(`/api/migrations/${id}/uploads`)).json()) as UploadListView).uploads;
  /** PUTs of parts as the server counted them. */
  const arrivals = async () => {
    if (oss === "") return [];
    const { parts } = (await (
      await page.request.get(`${oss}/sandbox/ledger`, { headers: product.sandboxHeaders() })
    ).json()) as PartLedger;
    return parts.filter(({ uploadId }) => uploadId !== "chainferry-probe");
  };
  const answered = async () => (await arrivals()).filter(({ status }) => status === 200).length;

  await panel.choose(path);
  for (const share of [0.25, 0.6]) {
    await expect
      .poll(async () => answered(), { timeout: 90_000, intervals: [50] })
      .toBeGreaterThan(share * (size / (8 * MIB)));
    await page.reload();
    await expect(panel.row("Orders_FULL.bak")).toContainText(text.t("upload.begun"));
    await panel.choose(path);
  }
  await expect(panel.stage("completed", "Orders_FULL.bak")).toBeVisible(WAIT);
  const [upload] = await uploads();
  const sent = await arrivals();
  const count = upload?.partCount ?? 0;
  expect(new Set(sent.map(({ uploadId }) => uploadId)).size).toBe(1);
  expect(new Set(sent.map(({ number }) => number)).size).toBe(count);
  expect(sent.length).toBeLessThanOrEqual(count + 2 * MOST_LANES);
  expect(upload?.receipt).toMatchObject({ sizeBytes: size, crc64: checksumOfFile(path), way: "direct" });
  expect(upload?.receipt?.partsReused).toBeGreaterThan(count * 0.5);
  // And it went on from there: the header was read, the file is RDS's now.
  await expect
    .poll(async () => (await readMigration(page.request, product, id)).chain.targetLsn, { timeout: 90_000 })
    .toBe(at(20).toString());
  await context.close();
});

test("what does not fit is told before a byte is sent; logs find their order; two tabs", async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const context = await browser.newContext({
    baseURL: product.url,
    storageState: product.signedIn,
    viewport: { width: 1440, height: 900 },
  });
  const id = await begin(context.request, "small");
  const { page, panel } = await openPage(context, id);
  const notes = join(folder, "notes.txt");
  writeFileSync(notes, "no backup at all ".repeat(4000));
  const full = writeSmall("a_full.bak", "full", 1, 20, 20_000_000);
  const log = writeSmall("b_log.trn", "log", 15, 30, 200_000);
  const far = writeSmall("c_log.trn", "log", 40, 60, 200_000);
  const foreign = writeSmall("other.bak", "full", 1, 20, 200_000, "Payroll");
  // The log comes first and alone: it is early, and goes by itself once the full is there.
  await panel.choose(log);
  await expect(panel.stage("judged", "b_log.trn")).toBeVisible();
  await panel.choose(notes, far, foreign);
  for (const name of ["notes.txt", "c_log.trn", "other.bak"]) {
    await expect(panel.stage("judged", name)).toBeVisible();
  }
  await expect(panel.button("send_anyway", "notes.txt")).toHaveCount(0);
  for (const locale of LOCALES) {
    await context.addCookies([{ name: "lang", value: locale, url: product.url }]);
    if (locale !== "en") await page.reload();
    const local = new UploadPanel(page, createTranslator(locale));
    if (locale !== "en") await local.choose(log, notes, far, foreign);
    await expect(local.stage("judged", "other.bak")).toBeVisible();
    await look(page, `${locale}-upload-refused`);
  }
  await context.addCookies([{ name: "lang", value: "en", url: product.url }]);
  await page.reload();
  await panel.choose(log, full);
  for (const name of ["a_full.bak", "b_log.trn"])
    await expect(panel.stage("completed", name)).toBeVisible(WAIT);
  await expect
    .poll(async () => (await readMigration(page.request, product, id)).chain.targetLsn, { timeout: 90_000 })
    .toBe(at(30).toString());

  // A file of the same name and another time is another file, and gets an object of its own. It has more parts than go at
  // once: those on the line when a pause begins still arrive.
  const changed = writeSmall("b_log.trn", "log", 30, 45, 90_000_000);
  utimesSync(changed, 1_790_000_000, 1_790_000_000);
  await page.route(/partNumber=\d+&uploadId=(?!chainferry)/, async (route) => {
    await new Promise((settle) => setTimeout(settle, 400));
    await route.continue();
  });
  await page.reload();
  await panel.choose(changed);
  await expect(panel.stage("sending", "b_log.trn")).toBeVisible();
  await panel.button("pause", "b_log.trn").click();
  await expect(panel.stage("paused", "b_log.trn")).toBeVisible();
  await look(page, "upload-paused");
  const other = await openPage(context, id);
  await other.panel.choose(changed);
  await expect(other.panel.stage("elsewhere", "b_log.trn")).toBeVisible();
  await other.page.close();
  await panel.button("resume", "b_log.trn").click();
  await expect(panel.stage("completed", "b_log.trn")).toBeVisible(WAIT);
  const list = (await (await page.request.get(`/api/migrations/${id}/uploads`)).json()) as UploadListView;
  expect(new Set(list.uploads.map(({ objectKey }) => objectKey)).size).toBe(3);
  await context.close();
});

test("where the browser may not or cannot reach OSS, the same file goes through the server", async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const context = await browser.newContext({
    baseURL: product.url,
    storageState: product.signedIn,
    viewport: { width: 1440, height: 900 },
  });
  const id = await begin(context.request, "relay");
  const { page, panel } = await openPage(context, id);
  await expect(page.getByText(text.t("upload.way.open", { bucket: "chainferry-sandbox" }))).toBeVisible();
  await page.route(/\/chainferry-probe\?/, (route) =>
    route.request().method() === "GET" ? route.continue() : route.abort(),
  );
  await page.reload();
  await expect(page.getByText(text.t("upload.way.closed.text"))).toBeVisible();
  await page.getByRole("button", { name: text.t("upload.cors.show") }).click();
  await expect(page.getByRole("dialog").getByText(product.url)).toBeVisible();
  await look(page, "upload-cors");
  await page.keyboard.press("Escape");
  const direct: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("x-oss-signature")) direct.push(request.url());
  });
  const path = writeSmall("relayed.bak", "full", 1, 20, 30_000_000);
  await panel.choose(path);
  await expect(panel.stage("completed", "relayed.bak")).toBeVisible(WAIT);
  const list = (await (await page.request.get(`/api/migrations/${id}/uploads`)).json()) as UploadListView;
  expect(list.uploads[0]?.receipt).toMatchObject({ way: "relay", crc64: checksumOfFile(path) });
  expect(direct).toEqual([]);
  // With the rule set and the way open again, the page says so.
  await page.getByRole("button", { name: text.t("upload.cors.show") }).click();
  await page.unroute(/\/chainferry-probe\?/);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: text.t("upload.cors.set") })
    .click();
  await expect(page.getByText(text.t("upload.way.open", { bucket: "chainferry-sandbox" }))).toBeVisible();
  await context.close();
});
