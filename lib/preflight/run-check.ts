import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { PreflightView } from "@/lib/contracts/preflight";
import { AppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { CHECK_RUN_ID, type CheckRun, loadCheckRun, saveCheckRun } from "@/lib/preflight/world/check-run";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import { appendEvents } from "@/lib/store/append-events";
import { loadChoices } from "@/lib/store/load-draft";
import { listPreflight } from "./list-preflight";
import { runPreflight } from "./run-preflight";

const BEAT_MS = 1_000;
const KEPT_LINES = 40;
const OWN_PROGRAM = "Chainferry";

/**
 * Starts DBCC CHECKDB of the source database, or asks for its end, and returns at once; its state is stored every second,
 * its end makes the probe look again. It lives as long as this process: a check changes nothing, so one that is lost is
 * started again. Throws `conflict`/`check_already_running`, ExternalError when the server cannot be reached.
 */
export async function runCheck({
  ctx,
  input,
}: Use<{ migrationId: string; action: "start" | "cancel" }>): Promise<PreflightView> {
  requireRole(ctx.actor, "operator");
  const { migrationId, action } = input;
  await (action === "start" ? startCheck(ctx, migrationId) : cancelCheck(ctx, migrationId));
  return listPreflight({ ctx, input: { migrationId } });
}

async function startCheck(ctx: Ctx, migrationId: string): Promise<void> {
  const { draft } = await loadChoices(ctx.db, migrationId);
  const database = draft.sourceDatabase;
  if (draft.sourceConnectionId === null || database === null) {
    throw new AppError("validation", "source_database_not_found", { database: database ?? "" });
  }
  const before = await loadCheckRun(ctx, migrationId);
  if (before?.state === "running") throw new AppError("conflict", "check_already_running", { database });
  const source = await ctx.clients.source(draft.sourceConnectionId);
  await ctx.db.migrationProbe.deleteMany({ where: { migrationId, probeId: CHECK_RUN_ID } });
  const run: CheckRun = {
    state: "running",
    startedAt: ctx.now().toISOString(),
    finishedAt: null,
    startedBy: ctx.actor.name,
    phase: null,
    percent: null,
    lines: [],
    failure: null,
  };
  await saveCheckRun(ctx, migrationId, run);
  void watchCheck({ ctx, source, migrationId, database, run }).catch((error: unknown) =>
    ctx.log.error({ err: error, migrationId }, "check run could not be recorded"),
  );
}

/** The process that runs it sees this within a second, and the server stops. */
async function cancelCheck(ctx: Ctx, migrationId: string): Promise<void> {
  await ctx.db.migrationProbe.updateMany({
    where: { migrationId, probeId: CHECK_RUN_ID, verdict: "running" },
    data: { acceptedReason: "cancel" },
  });
}

interface Watched {
  ctx: Ctx;
  source: SourceServer;
  migrationId: string;
  database: string;
  run: CheckRun;
}

async function watchCheck({ ctx, source, migrationId, database, run }: Watched): Promise<void> {
  const cancel = new AbortController();
  let latest = run;
  let beating: Promise<void> | null = null;
  const beat = async (): Promise<void> => {
    const work = await source.facts.maintenance(database).catch(() => []);
    const own = work.find(({ command, program }) => command.startsWith("DBCC") && program === OWN_PROGRAM);
    latest = { ...latest, phase: own?.command ?? latest.phase, percent: own?.percent ?? latest.percent };
    const { cancelAsked } = await saveCheckRun(ctx, migrationId, latest);
    if (cancelAsked) cancel.abort();
  };
  const timer = setInterval(() => {
    // A store that blinks costs a heartbeat, not the check.
    beating ??= beat()
      .catch(() => undefined)
      .finally(() => {
        beating = null;
      });
  }, BEAT_MS);
  const end = await source
    .checkDatabase(database, {
      signal: cancel.signal,
      onMessage: (text) => {
        latest = { ...latest, lines: [...latest.lines, text].slice(-KEPT_LINES) };
      },
    })
    .then(
      ({ ok, lines }): Partial<CheckRun> => ({
        state: ok ? "clean" : "errors",
        lines: lines.slice(-KEPT_LINES),
      }),
      (error: unknown): Partial<CheckRun> => {
        if (!isExternalError(error)) throw error;
        return { state: cancel.signal.aborted ? "cancelled" : "failed", failure: failureOf(error) };
      },
    )
    .finally(() => clearInterval(timer));
  await beating;
  const state = end.state ?? "failed";
  await saveCheckRun(ctx, migrationId, { ...latest, ...end, finishedAt: ctx.now().toISOString() });
  await ctx.db.$transaction((tx) =>
    appendEvents(tx, {
      migrationId,
      actor: ctx.actor.name,
      at: ctx.now(),
      events: [{ type: "check_run_ended", payload: { state, database } }],
    }),
  );
  await runPreflight({ ctx, input: { migrationId, probe: "source.checkdb" } });
}
