import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Ctx } from "@/lib/context/context";
import { quantileOf } from "@/lib/forecast/quantiles";
import { SANDBOX_SOURCE_ID } from "@/lib/services/connection/seed-sandbox";
import { getMigration } from "@/lib/services/migration/get-migration";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import type { RdsRecords } from "@/sandbox/rds/records";

const StoppedRows = z.object({ rowCounts: z.record(z.string(), z.number()) });

export interface ChaosOutcome {
  online: number;
  /** Not online, and the page says why and what a person may do. */
  stopped: number;
  /** Imports of a file, and openings of a task, that RDS accepted beyond the first. */
  doubled: number;
  /** Neither online nor over, and nothing that a person is asked for. */
  stuck: number;
  /** Source databases that are closed while no migration shows that it holds them. */
  custodyLeft: number;
  /** Rows of the databases whose target does not reach the end of their source's log. */
  lostRows: number;
  /** From the stop of writes to the database online, seconds: of half of them, and the longest. */
  downtimeSeconds: { p50: number; max: number };
}

/** Counts from what the servers of the sandbox hold and what the store says, for the databases of the run. */
export async function countOutcome(
  ctx: Ctx,
  { databases, sandboxFolder }: { databases: readonly string[]; sandboxFolder: string },
): Promise<ChaosOutcome & { reasons: Record<string, string> }> {
  const records = JSON.parse(readFileSync(join(sandboxFolder, "rds.json"), "utf8")) as RdsRecords;
  const imports = records.ledger.map(({ bucket, objectKey }) => `${bucket}/${objectKey}`);
  const openings = records.openTokens.map(({ taskId }) => taskId);
  const outcome = { online: 0, stopped: 0, doubled: repeatsIn(imports) + repeatsIn(openings), stuck: 0 };
  const left = { custodyLeft: 0, lostRows: 0 };
  const reasons: Record<string, string> = {};
  const downtimes: number[] = [];
  const source = await ctx.clients.source(SANDBOX_SOURCE_ID);
  for (const database of databases) {
    const row = await ctx.db.migration.findFirst({
      where: { sourceDatabase: database, status: { not: "draft" } },
      select: { id: true },
    });
    const view = row && (await getMigration({ ctx, input: { migrationId: row.id } }));
    const now = await source.findDatabase(database);
    const isClosed = now?.state !== "ONLINE" || now.userAccess !== "MULTI_USER";
    if (isClosed && (view?.custody ?? null) === null) left.custodyLeft += 1;
    if (view?.status === "succeeded") {
      outcome.online += 1;
      const { writesStoppedAt, onlineAt } = view.cutover ?? {};
      if (writesStoppedAt && onlineAt)
        downtimes.push((Date.parse(onlineAt) - Date.parse(writesStoppedAt)) / 1_000);
      if (!(await reachesTheEnd(database, source, records))) left.lostRows += await rowsOf(ctx, view.id);
    } else if (view?.status === "cancelled" || (view?.needs ?? null) !== null) {
      outcome.stopped += 1;
      reasons[database] = JSON.stringify({ status: view?.status, needs: view?.needs });
    } else {
      outcome.stuck += 1;
      const open = view?.steps.filter(({ status }) => status !== "succeeded" && status !== "cancelled");
      reasons[database] = JSON.stringify({
        status: view?.status ?? "not started",
        steps: open?.map(({ key, status, failure }) => ({ key, status, reason: failure?.reason })),
      });
    }
  }
  const downtimeSeconds = {
    p50: downtimes.length === 0 ? 0 : quantileOf(downtimes, 0.5),
    max: Math.max(0, ...downtimes),
  };
  return { ...outcome, ...left, downtimeSeconds, reasons };
}

function repeatsIn(names: readonly string[]): number {
  return names.length - new Set(names).size;
}

/** Whether the target was restored up to the last log that its source has, after which nobody could write. */
async function reachesTheEnd(
  database: string,
  source: SourceServer,
  { tasks }: RdsRecords,
): Promise<boolean> {
  const [last] = await source.listBackups({ database, limit: 1 });
  const reached = tasks
    .filter((task) => task.databaseName === database && task.opening?.failure === "")
    .map(({ target }) => BigInt(target?.redoLsn ?? 0));
  return last?.tail === true && reached.some((lsn) => lsn >= BigInt(last.lastLsn ?? 0));
}

/** What the source held when its writes were stopped; at least one. */
async function rowsOf(ctx: Ctx, migrationId: string): Promise<number> {
  const steps = await ctx.db.migrationStep.findMany({ where: { migrationId, kind: "stop_writes" } });
  const counts = steps.flatMap(({ result }) => {
    const read = StoppedRows.safeParse(result);
    return read.success ? Object.values(read.data.rowCounts) : [];
  });
  return Math.max(
    1,
    counts.reduce((sum, count) => sum + count, 0),
  );
}
