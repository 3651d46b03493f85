import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { AftercareAction, AftercareView } from "@/lib/contracts/aftercare";
import { AppError } from "@/lib/diagnosis/app-error";
import { type Aftercare, compareRowCounts, readRowCounts } from "@/lib/migration/aftercare";
import { isSameGuid } from "@/lib/migration/same-guid";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import { accountEffect, accountTarget } from "@/lib/once/account-effect";
import { rdsBackupEffect, rdsBackupTarget } from "@/lib/once/rds-backup-effect";
import { askOnce } from "../record/ask-once";
import { getAftercare } from "./get-aftercare";
import { keepAftercare } from "./keep-aftercare";
import { listCountBy } from "./list-count-by";
import { loadOnline, readAtStop } from "./load-aftercare";

type Of<T extends AftercareAction["type"]> = Extract<AftercareAction, { type: T }>;

/** What an act changes of what is kept, and the facts that tell of it. Null: it was done before, and nothing is told anew. */
interface Outcome {
  change: (kept: Aftercare) => Partial<Aftercare> | null;
  events: NewEvent[];
}

const HOUR_MS = 3_600_000;

/**
 * Does one thing of what is left once a database is online, and records it with name and time. Throws `not_found`,
 * `conflict`/`aftercare_too_early`, `validation`, `external_timeout` where it is not known whether RDS did it (asking again looks
 * again), ExternalError for a plain refusal.
 */
export async function actOnAftercare({
  ctx,
  input,
}: Use<{ migrationId: string; action: AftercareAction }>): Promise<AftercareView> {
  requireRole(ctx.actor, "operator");
  const { migrationId, action } = input;
  await loadOnline(ctx.db, migrationId);
  const outcome = await outcomeOf(ctx, migrationId, action);
  await keepAftercare(ctx, migrationId, outcome.change, outcome.events);
  ctx.wake();
  return getAftercare({ ctx, input: { migrationId } });
}

async function outcomeOf(ctx: Ctx, migrationId: string, action: AftercareAction): Promise<Outcome> {
  switch (action.type) {
    case "settle":
      return settle(ctx, action);
    case "compare_counts":
      return compareCounts(ctx, migrationId, action);
    case "count_rows":
      return countRows(ctx, migrationId, action);
    case "create_account":
      return createAccount(ctx, migrationId, action);
    case "grant_account":
      return grant(ctx, migrationId, action);
    case "start_backup":
      return startBackup(ctx, migrationId);
    case "keep_way_back":
      return keepWayBack(ctx, action);
  }
}

const act = (ctx: Ctx) => ({ by: ctx.actor.name, at: ctx.now().toISOString() });

function settle(ctx: Ctx, { step, state, note }: Of<"settle">): Outcome {
  const settled = { step, state, note, ...act(ctx) };
  return {
    change: (kept) => ({ settled: [...kept.settled.filter((one) => one.step !== step), settled] }),
    events: [{ type: "aftercare_settled", payload: { step, state, note } }],
  };
}

async function compareCounts(
  ctx: Ctx,
  migrationId: string,
  { printed }: Of<"compare_counts">,
): Promise<Outcome> {
  const { rowCounts } = await readAtStop(ctx.db, migrationId);
  if (rowCounts === null) throw new AppError("conflict", "row_counts_not_kept");
  const target = readRowCounts(printed);
  if (Object.keys(target).length === 0) {
    throw new AppError("validation", "row_counts_unreadable", {}, [
      { path: "printed", reason: "field_invalid" },
    ]);
  }
  return compared(ctx, rowCounts, target);
}

function compared(ctx: Ctx, source: Record<string, number>, target: Record<string, number>): Outcome {
  const counts = { ...compareRowCounts(source, target), ...act(ctx) };
  const { tables, equal, rows } = counts;
  return {
    change: () => ({ counts }),
    events: [{ type: "row_counts_compared", payload: { tables, equal, rows } }],
  };
}

/**
 * Counts over a saved connection what is in the database that was restored, and in no other: one of the source's family whose log is on a
 * fork of its own, which begins where a restore ends. Throws `not_found`, `precondition_failed`/`rows_of_another_database`.
 */
async function countRows(
  ctx: Ctx,
  migrationId: string,
  { connectionId }: Of<"count_rows">,
): Promise<Outcome> {
  const { row, target } = await loadOnline(ctx.db, migrationId);
  const { rowCounts } = await readAtStop(ctx.db, migrationId);
  if (rowCounts === null) throw new AppError("conflict", "row_counts_not_kept");
  const saved = (await listCountBy(ctx, row)).find(({ id }) => id === connectionId);
  if (saved === undefined) throw new AppError("not_found", "connection_not_found");
  const server = await ctx.clients.source(connectionId);
  const guard = await server.readChainGuard(target.databaseName);
  const isFamily = isSameGuid(guard?.databaseGuid ?? null, row.targetFamilyGuid);
  const fork = guard?.forkGuid ?? null;
  if (!isFamily || fork === null || isSameGuid(fork, row.targetForkGuid)) {
    const at = { database: target.databaseName, connection: saved.name };
    throw new AppError("precondition_failed", "rows_of_another_database", at);
  }
  return compared(ctx, rowCounts, await server.rowCounts(target.databaseName));
}

/** CreateAccount through lib/once, then the privilege, which may be asked for again by `grant_account`. */
async function createAccount(
  ctx: Ctx,
  migrationId: string,
  { user, account, password, privilege }: Of<"create_account">,
): Promise<Outcome> {
  const { target } = await loadOnline(ctx.db, migrationId);
  const { instanceId, databaseName, connectionId } = target;
  const request = { instanceId, account, description: `${databaseName}: ${user}`.slice(0, 250) };
  await askOnce(ctx, accountEffect(password), {
    target: accountTarget(request, { connectionId, migrationId, stepId: null, databaseName }),
    unknown: () => new AppError("external_timeout", "account_outcome_unknown", { account }),
    prepare: async () => request,
  });
  return grant(ctx, migrationId, { user, account, privilege });
}

/** A right for an account that is there already: its password stays what it was. */
async function grant(
  ctx: Ctx,
  migrationId: string,
  { user, account, privilege }: Pick<Of<"grant_account">, "user" | "account" | "privilege">,
): Promise<Outcome> {
  const { instanceId, databaseName, connectionId } = (await loadOnline(ctx.db, migrationId)).target;
  const rds = await ctx.clients.rds(connectionId);
  await rds.grantPrivilege({ instanceId, account, databaseName, privilege });
  const created = { user, account, privilege, ...act(ctx) };
  return {
    change: (kept) => ({ accounts: [...kept.accounts.filter((one) => one.user !== user), created] }),
    events: [{ type: "account_created", payload: { user, account, privilege } }],
  };
}

async function startBackup(ctx: Ctx, migrationId: string): Promise<Outcome> {
  const { target } = await loadOnline(ctx.db, migrationId);
  const { instanceId, databaseName, connectionId } = target;
  const { row } = await askOnce(ctx, rdsBackupEffect, {
    target: rdsBackupTarget(
      { instanceId },
      { connectionId, migrationId, stepId: null, databaseName, item: migrationId },
    ),
    unknown: () => new AppError("external_timeout", "backup_outcome_unknown", { instance: instanceId }),
    prepare: async () => ({ instanceId }),
  });
  const jobId = row.reference ?? "";
  const backup = { jobId, ok: null, endedAt: null, backupId: null, ...act(ctx) };
  return {
    // Pressed twice it is the same job.
    change: (kept) => (kept.backup?.jobId === jobId ? null : { backup }),
    events: [{ type: "first_backup_started", payload: { jobId } }],
  };
}

function keepWayBack(ctx: Ctx, { hours }: Of<"keep_way_back">): Outcome {
  const { by, at } = act(ctx);
  if (hours === 0) {
    return {
      change: ({ revert }) => (revert ? { revert: { ...revert, endedAt: at, by } } : {}),
      events: [{ type: "revert_window_ended", payload: {} }],
    };
  }
  const until = new Date(Date.parse(at) + hours * HOUR_MS).toISOString();
  return {
    change: () => ({ revert: { until, endedAt: null, by, at } }),
    events: [{ type: "revert_window_set", payload: { until } }],
  };
}
