import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ctx } from "@/lib/context/context";
import { HistoryFilter, type HistoryKind, type HistoryQuery } from "@/lib/contracts/history";
import { findMigrations } from "@/lib/services/history/find-migrations";
import { findTasks } from "@/lib/services/history/find-tasks";
import { historyCsv } from "@/lib/services/history/history-csv";
import { readConfig } from "@/lib/start/config";
import { startRuntime } from "@/lib/start/runtime";
import { fillRecords, type RecordsScale } from "@/lib/store/fill-records";
import { findPostgresPrograms, startPostgres } from "@/lib/store/local-postgres";

const WHOLE = { migrations: 10_000, files: 200_000, events: 2_000_000 };
const KINDS: readonly HistoryKind[] = ["migrations", "tasks"];
/** Calls of each measurement; a twentieth of them may be slower than the figure. */
const CALLS = 60;

interface Measured {
  p95Ms: { list: number; filter: number; search: number; csvFirstByte: number };
  /** Resident memory of the process in MiB: before the first page, the most while pages were read, after a whole CSV. */
  rssMb: { before: number; pages: number; csv: number };
  csvRows: number;
}

/**
 * Pages and CSV of the record with 10,000 migrations, 200,000 files and 2,000,000 events (by `scale`), on the embedded store
 * and, where it is installed, on PostgreSQL: what 19 of 20 calls stay under, in milliseconds at the service. The figures
 * at the top are the larger of the stores'.
 */
export async function benchRecords({ scale = 1 }: { scale?: number }): Promise<Record<string, unknown>> {
  const sizes: RecordsScale = {
    migrations: Math.max(100, Math.round(WHOLE.migrations * scale)),
    files: Math.max(2_000, Math.round(WHOLE.files * scale)),
    events: Math.max(20_000, Math.round(WHOLE.events * scale)),
  };
  const stores: Record<string, Measured> = { pglite: await measureStore(null, sizes) };
  const programs = findPostgresPrograms();
  if (programs !== null) {
    const server = await startPostgres(programs);
    try {
      stores.postgresql = await measureStore(await server.createDatabase("records"), sizes);
    } finally {
      await server.stop();
    }
  }
  const worst = (of: keyof Measured["p95Ms"]) =>
    Math.max(...Object.values(stores).map(({ p95Ms }) => p95Ms[of]));
  return {
    p95Ms: {
      list: worst("list"),
      filter: worst("filter"),
      search: worst("search"),
      csvFirstByte: worst("csvFirstByte"),
    },
    ...sizes,
    stores,
  };
}

async function measureStore(databaseUrl: string | null, sizes: RecordsScale): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "chainferry-records-"));
  const config = readConfig({
    CHAINFERRY_DATA: folder,
    CHAINFERRY_ENGINE: databaseUrl === null ? "in_process" : "separate",
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  });
  const runtime = await startRuntime(config, { runsSteps: false });
  try {
    const actor = { kind: "person", id: "bench", name: "bench", role: "administrator" } as const;
    const ctx = runtime.ctxFor(actor);
    await fillRecords(ctx.db, sizes);
    return await measure(ctx, sizes);
  } finally {
    await runtime.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(ctx: Ctx, { migrations }: RecordsScale): Promise<Measured> {
  const rss = () => Math.round(process.memoryUsage().rss / 2 ** 20);
  const before = rss();
  let most = before;
  let seed = 1;
  /** The same ones in every run. */
  const any = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const page = async (kind: HistoryKind, query: HistoryQuery) => {
    const use = { ctx, input: HistoryFilter.parse(query) };
    const { next } = kind === "tasks" ? await findTasks(use) : await findMigrations(use);
    most = Math.max(most, rss());
    return next;
  };
  const time = async (call: (kind: HistoryKind, index: number) => Promise<unknown>): Promise<number> => {
    const took: number[] = [];
    for (let index = -4; index < CALLS; index++) {
      const began = performance.now();
      await call(KINDS[index & 1] ?? "tasks", index + 4);
      // The first ones make plans and warm caches, as a page that is looked at every few seconds has them.
      if (index >= 0) took.push(performance.now() - began);
    }
    took.sort((a, b) => a - b);
    return Math.round((took[Math.ceil(took.length * 0.95) - 1] ?? 0) * 10) / 10;
  };
  const cursors: Record<HistoryKind, string> = { tasks: "", migrations: "" };
  const list = await time(async (kind) => {
    cursors[kind] = (await page(kind, { after: cursors[kind] })) ?? "";
  });
  const filter = await time((kind, index) => {
    const day = `2026-0${1 + any(9)}-1${any(10)}`;
    const queries: HistoryQuery[] = [
      { status: "failed", sort: "ended" },
      { instance: `rm-${any(40)}`, from: day, zone: "Asia/Shanghai" },
      { database: `sales_${any(migrations)}`, order: "asc" },
      { person: `person-${any(30)}`, method: "access_pending", sort: "database" },
      { account: `account-${any(4)}`, to: day, sort: "instance" },
    ];
    return page(kind, queries[index % queries.length] ?? {});
  });
  const search = await time((kind) => {
    const n = any(migrations);
    const queries: HistoryQuery[] = [
      { q: `sales_${n}` },
      { file: `sales_${n}_log` },
      { lsn: `${37 + n}000000082400001` },
      { q: `chg-${n}` },
      { q: "sales" },
      { file: ".bak" },
    ];
    return page(kind, queries[any(queries.length)] ?? {});
  });
  const csvFirstByte = await time(async (kind) => {
    const filtered = HistoryFilter.parse({ status: "succeeded" });
    const csv = await historyCsv({ ctx, input: { kind, filter: filtered } });
    await csv.next();
    await csv.return();
  });
  const csv = await historyCsv({ ctx, input: { kind: "migrations", filter: HistoryFilter.parse({}) } });
  let [lines, csvRss] = [0, 0];
  for await (const piece of csv) {
    lines += piece.split("\r\n").length - 1;
    csvRss = Math.max(csvRss, rss());
  }
  return {
    p95Ms: { list, filter, search, csvFirstByte },
    rssMb: { before, pages: most, csv: csvRss },
    csvRows: lines - 1,
  };
}
