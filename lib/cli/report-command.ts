import type { z } from "zod";
import type { Actor } from "@/lib/context/context";
import { MigrationRecord } from "@/lib/contracts/migration-record";
import { ReportView } from "@/lib/contracts/report";
import { isAppError } from "@/lib/diagnosis/app-error";
import type { Locale } from "@/lib/format/locale";
import { readRecord } from "@/lib/services/record/read-record";
import { readReport } from "@/lib/services/report/read-report";
import { type Config, readConfig } from "@/lib/start/config";
import { onConfiguredStore } from "@/lib/start/on-configured-store";
import { readPaperFiles } from "@/lib/start/paper-files";
import type { Runtime } from "@/lib/start/runtime";
import { readFromServing } from "@/lib/start/serving-file";
import { errorSentence } from "./error-sentence";
import { findBrowser, NoBrowserError } from "./find-browser";
import { textTable } from "./text-table";

const READER: Actor = { kind: "person", id: "terminal", name: "terminal", role: "viewer" };

interface ReportOptions {
  json: boolean;
  /** File of the printed record. */
  pdf?: string;
  lang: Locale;
}

/**
 * `chainferry report ID`: the whole record of a migration out of the configured store, with its head; `json`: as the file
 * that `verify-record` checks; `pdf`: printed into a file, by a browser that is there. Works beside a running dashboard of this
 * data folder and without one. Returns the exit code: 1 when there is no such migration, or its store can't be opened; 3 when
 * there is no browser to print with.
 */
export async function runReportCommand(
  migrationId: string,
  options: ReportOptions,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
  const config = readConfig(environment);
  try {
    // Before anything is read: without one nothing is printed.
    const browser = options.pdf === undefined ? null : findBrowser(environment, process.platform);
    if (options.pdf !== undefined && browser !== null) {
      const report = await read(config, `/api/migrations/${migrationId}/report`, ReportView, (ctx) =>
        readReport({ ctx, input: { migrationId } }),
      );
      const [{ reportHtml }, { printPdf }] = await Promise.all([
        import("./report-html"),
        import("./print-pdf"),
      ]);
      await printPdf(browser, reportHtml(report, options.lang, await readPaperFiles()), options.pdf);
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ pdf: options.pdf, head: report.events.at(-1)?.hash ?? null })}\n`
          : `${options.pdf}\n`,
      );
      return 0;
    }
    const record = await read(config, `/api/migrations/${migrationId}/record`, MigrationRecord, (ctx) =>
      readRecord({ ctx, input: { migrationId } }),
    );
    process.stdout.write(options.json ? `${JSON.stringify(record)}\n` : `${lines(record)}\n`);
    return 0;
  } catch (error) {
    if (!isAppError(error) && !(error instanceof NoBrowserError)) throw error;
    process.stderr.write(`chainferry report: ${errorSentence(error)}\n`);
    return error instanceof NoBrowserError ? 3 : 1;
  }
}

/** Out of the store, or from the dashboard that has it. */
async function read<T>(
  config: Config,
  path: string,
  schema: z.ZodType<T>,
  work: (ctx: ReturnType<Runtime["ctxFor"]>) => Promise<T>,
): Promise<T> {
  return onConfiguredStore(config, ({ ctxFor }) => work(ctxFor(READER))).catch(async (error: unknown) => {
    if (!isAppError(error) || error.fields.reason !== "store_locked") throw error;
    const answer = await readFromServing(config.dataFolder, path);
    if (answer === null) throw error;
    if (!answer.ok) throw new Error(`The dashboard refused: ${answer.status} ${await answer.text()}`);
    return schema.parse(await answer.json());
  });
}

function lines({ migration, migrationId, events, head, digest, exportedAt }: MigrationRecord): string {
  const { name, status, sourceDatabase, targetDatabase } = migration;
  const rows = events.map(({ seq, at, actor, type, payload }) => [
    String(seq),
    at,
    actor,
    type,
    JSON.stringify(payload),
  ]);
  return [
    `Migration ${migrationId}: ${name} (${status}), ${sourceDatabase ?? "–"} to ${targetDatabase ?? "–"}`,
    `Exported ${exportedAt}`,
    "",
    textTable(["No.", "At (UTC)", "By", "Event", "What"], rows, [0]),
    "",
    `Head    ${head ? `${head.seq} ${head.hash ?? "without a hash"}` : "none"}`,
    `Digest  ${digest}`,
  ].join("\n");
}
