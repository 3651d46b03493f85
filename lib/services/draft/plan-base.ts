import type { Ctx } from "@/lib/context/context";
import type { PlanBase } from "@/lib/contracts/kept-plan";
import type { MigrationDraft } from "@/lib/contracts/migration";
import type { PlanRates } from "@/lib/contracts/plan-wishes";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { COMPRESSED_SHARE } from "@/lib/plan/outlook";
import type { SourceBackupRow } from "@/lib/sqlserver/source-server";
import { readProductSettings } from "../settings/product-settings";
import { findRehearsed } from "./find-rehearsed";

/** How many of the newest backups tell how fast the next ones are. */
const BACKUPS_ASKED = 60;
const FULLS_ASKED = 4;
/** msdb keeps whole seconds: what takes fewer says nothing of a rate. */
const LEAST_SECONDS = 10;

type Measured = Pick<PlanBase, "fullBytes" | "measured"> & { databaseBytes: number | null };

/**
 * What a plan of this draft is made from: sizes and rates that the source's own history and counters tell, as far as it can be
 * asked, and what was typed. Null when nobody knows the database's size.
 */
export async function readPlanBase(
  ctx: Ctx,
  draft: MigrationDraft,
  timeFactor: number,
): Promise<PlanBase | null> {
  const found = await readSource(ctx, draft, timeFactor);
  const databaseBytes = draft.plan.databaseBytes ?? found?.databaseBytes ?? null;
  if (databaseBytes === null || databaseBytes <= 0) return null;
  return {
    databaseBytes,
    // A size that was typed is of another day than the file that the history tells of.
    fullBytes:
      found && found.fullBytes > 0 && draft.plan.databaseBytes === null
        ? found.fullBytes
        : databaseBytes * COMPRESSED_SHARE,
    isFullThere: draft.firstObjectKey !== null,
    measured: found?.measured ?? {},
    limitBytes: (await readProductSettings(ctx.db)).limits.lastLogBytes,
    rehearsed: await findRehearsed(ctx, draft),
    wishes: draft.plan,
  };
}

async function readSource(ctx: Ctx, draft: MigrationDraft, timeFactor: number): Promise<Measured | null> {
  const { sourceConnectionId, sourceDatabase } = draft;
  if (sourceConnectionId === null || sourceDatabase === null) return null;
  try {
    const source = await ctx.clients.source(sourceConnectionId);
    const [database, backups, written] = await Promise.all([
      source.findDatabase(sourceDatabase),
      source.listBackups({ database: sourceDatabase, limit: BACKUPS_ASKED }),
      // Needs a right that a login may lack: then the history alone tells.
      source.facts.logRate(sourceDatabase).catch(() => null),
    ]);
    const databaseBytes = database?.dataBytes ?? null;
    const perMinute = written?.bytesPerMinute ?? null;
    const { fullBytes, measured } = ratesOf(backups, timeFactor);
    const counted = perMinute === null || perMinute <= 0 ? {} : { log_growth: perMinute / 60 };
    return { databaseBytes, fullBytes, measured: { ...counted, ...measured } };
  } catch (error) {
    // A plan is no reason to stop anything: without the source it is made from what is usual.
    if (isExternalError(error)) return null;
    throw error;
  }
}

/**
 * Rates from backups that msdb remembers, newest first; sizes before compression, as they are read and written. `timeFactor`:
 * how many times faster than in that history the services run now; 1 but in the sandbox.
 */
export function ratesOf(
  backups: readonly SourceBackupRow[],
  timeFactor: number,
): { fullBytes: number; measured: PlanRates } {
  const fulls = backups.filter(({ kind }) => kind === "full").slice(0, FULLS_ASKED);
  const logs = backups.filter(({ kind, tail }) => kind === "log" && !tail);
  const full_backup = paceOf(fulls);
  const log_backup = paceOf(logs);
  const log_growth = growthOf(logs);
  return {
    fullBytes: fulls[0] ? (fulls[0].compressedSizeBytes ?? fulls[0].sizeBytes) : 0,
    measured: {
      ...(full_backup === null ? {} : { full_backup: full_backup * timeFactor }),
      ...(log_backup === null ? {} : { log_backup: log_backup * timeFactor }),
      ...(log_growth === null ? {} : { log_growth: log_growth * timeFactor }),
    },
  };
}

function paceOf(backups: readonly SourceBackupRow[]): number | null {
  const timed = backups.flatMap(({ sizeBytes, startedAtLocal, finishedAtLocal }) => {
    const seconds = finishedAtLocal === null ? 0 : secondsBetween(startedAtLocal, finishedAtLocal);
    return seconds >= LEAST_SECONDS ? [{ sizeBytes, seconds }] : [];
  });
  const seconds = timed.reduce((sum, one) => sum + one.seconds, 0);
  const bytes = timed.reduce((sum, one) => sum + one.sizeBytes, 0);
  return seconds > 0 && bytes > 0 ? bytes / seconds : null;
}

/** Bytes of log by the time in which they were written: from the oldest log backup's end to the newest's. */
function growthOf(logs: readonly SourceBackupRow[]): number | null {
  const ended = logs.flatMap(({ finishedAtLocal, sizeBytes }) =>
    finishedAtLocal === null ? [] : [{ at: finishedAtLocal, sizeBytes }],
  );
  const [newest, oldest] = [ended[0], ended.at(-1)];
  if (!newest || !oldest || newest === oldest) return null;
  const seconds = secondsBetween(oldest.at, newest.at);
  const bytes = ended.slice(0, -1).reduce((sum, one) => sum + one.sizeBytes, 0);
  return seconds >= LEAST_SECONDS && bytes > 0 ? bytes / seconds : null;
}

/** Both by the server's wall clock, as msdb has them. */
function secondsBetween(from: string, to: string): number {
  return (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 1_000;
}
