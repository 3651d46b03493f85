import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const PRINT_TIMEOUT_MS = 120_000;

/**
 * Prints a whole HTML document to a PDF file by a browser without a window, in a profile of its own that is thrown away. The
 * browser reaches no network: what the document needs stands in it. Throws an Error with the browser's words when no PDF comes.
 */
export async function printPdf(browser: string, html: string, file: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "chainferry-pdf-"));
  try {
    const [page, printed] = [join(folder, "record.html"), join(folder, "record.pdf")];
    await writeFile(page, html, { mode: 0o600 });
    const { stderr } = await promisify(execFile)(browser, argumentsFor(folder, page, printed), {
      timeout: PRINT_TIMEOUT_MS,
    });
    const start = await readFile(printed).catch(() => null);
    if (start?.subarray(0, 5).toString("latin1") !== "%PDF-") {
      throw new Error(`${browser} printed no PDF: ${lastLine(stderr)}`);
    }
    // Not written there by the browser: a file that is there is whole.
    await copyFile(printed, resolve(file));
  } finally {
    // Of Windows: what the browser has open can't be removed until its last process is gone.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** https://developer.chrome.com/docs/chromium/headless */
function argumentsFor(folder: string, page: string, printed: string): string[] {
  return [
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    // Its own sandbox cannot be set up by root; what it opens is a file that was made here.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    `--user-data-dir=${join(folder, "profile")}`,
    "--no-pdf-header-footer",
    `--print-to-pdf=${printed}`,
    pathToFileURL(page).href,
  ];
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
