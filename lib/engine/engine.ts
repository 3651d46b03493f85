import { setTimeout as sleep } from "node:timers/promises";
import type { Ctx } from "@/lib/context/context";
import type { InSpan } from "@/lib/diagnosis/in-span";
import { watchAllDrift } from "@/lib/drift/watch-all";
import { followFirstBackups } from "@/lib/services/aftercare/follow-first-backups";
import { deliverHookCalls } from "@/lib/services/migration/deliver-hook-calls";
import { watchDeadlines } from "@/lib/services/migration/watch-deadlines";
import { watchHolds } from "@/lib/services/migration/watch-holds";
import { deliverNotices } from "@/lib/services/notify/deliver-notices";
import { tellStandings } from "@/lib/services/notify/tell-standings";
import { lookAtTasks } from "@/lib/services/record/look-at-tasks";
import { forgetOld } from "@/lib/services/settings/forget-old";
import { watchWaves } from "@/lib/services/wave/watch-waves";
import type { EngineSettings } from "@/lib/steps/step-run";
import { listClaimable, releaseAllClaims } from "@/lib/store/claim-step";
import type { Store } from "@/lib/store/store";
import { startInProcessQueue } from "./in-process-queue";
import { oneOfMany } from "./one-of-many";
import { runStep } from "./run-step";
import { glancedBy, startGlances } from "./start-glances";
import { startSweep } from "./start-sweep";
import { startWatch } from "./start-watch";
import type { StepQueue } from "./step-queue";
import { startProbeWatch } from "./watch-probes";
import { watchTargets } from "./watch-targets";

/**
 * At least so often all rows are looked at. On the embedded store whoever changes a row wakes the engine, and a look is only in
 * case one was lost; of rows in PostgreSQL that another process changed, nobody tells.
 */
const SWEEP_MS = { embedded: 2_000, postgresql: 500 } as const;
/** Of a process that runs nothing: it offers at once what it has changed itself, and looks besides in case no worker does. */
const IDLE_SWEEP_MS = 5_000;
/** Between two looks at all rows, however many steps end. What follows a step is offered without a look. */
const SWEEP_PAUSE_MS = { embedded: 0, postgresql: 300 } as const;
/** More than what is due at a time; what is left over has its turn when some of these are done. */
const LISTED = 50;
/** Between two looks at sources and targets: 15 s at the usual base of 3 s, so an alarm is there within a minute. */
const DRIFT_EVERY_BASES = 5;
/** Between two looks at what was made in the console: five minutes at the usual base. RDS keeps a week. */
const RECORDS_EVERY_BASES = 100;
const STANDINGS_EVERY_BASES = 20;
const FORGET_EVERY_MS = 3_600_000;

/** Between two looks at the deadlines of cutovers: of a promised downtime a second counts. */
const DEADLINE_LOOK_MS = 1_000;

/**
 * Who stops waits so long for the steps in hand: what can go on elsewhere is given back at once, and a call that is under way ends
 * within its own time-out or is cut off. What is left then is taken by another process, when its claim is stale.
 */
const DRAIN_MS = 20_000;
/** Calls that hold up a source that stands still may end until then: one that is cut off has to be looked for, for longer than it takes. */
const CUT_OFF_MS = 15_000;

interface StepInHand {
  ended: Promise<void>;
  stopping: AbortController;
  cuttingOff: AbortController;
}

export interface Engine {
  /** Look for queued steps now instead of at the next sweep. Never throws, never waits. */
  wake(): void;
  stop(): Promise<void>;
}

/**
 * Runs steps. The step row is the queue entry, committed together with the facts that caused it. A sweep offers every due row
 * to the workers and comes back when the next is due, so that losing a job, a timer or a process loses nothing.
 */
export async function startEngine(input: {
  ctx: Ctx;
  store: Store;
  settings: EngineSettings;
  /** Unique to this process; part of every claim. */
  instanceId: string;
  /** False: sweep for other processes, run nothing here. */
  runsSteps: boolean;
  /** Told when another process has taken a step that this one had in hand. */
  onLeaseLost?: () => void;
  inSpan?: InSpan;
}): Promise<Engine> {
  const { ctx, store, settings, instanceId, runsSteps, onLeaseLost, inSpan } = input;
  // The embedded store has one user at a time: whatever is claimed was claimed by a process that is gone.
  if (store.kind === "embedded") await releaseAllClaims(ctx.db);
  let hasStopped = false;
  const inHand = new Set<StepInHand>();
  let claims = 0;
  const run = async (stepId: string): Promise<void> => {
    // What is offered still is another's: who claims now would have to give it back.
    if (hasStopped) return;
    claims += 1;
    // Of each step its own: what is joined to a signal leaves a trace at it for as long as it lives
    // (https://github.com/nodejs/node/issues/54614), and those of the process would live as long as it.
    const [stopping, cuttingOff] = [new AbortController(), new AbortController()];
    const ended = runStep({
      ctx,
      settings,
      stepId,
      claim: `${instanceId}/${claims}`,
      signal: stopping.signal,
      cutOff: cuttingOff.signal,
      onLeaseLost,
      inSpan,
    })
      .then((added) => (hasStopped ? undefined : queue.offer(added.filter(isDueAtOnce))))
      .catch((error) => ctx.log.error({ err: error, stepId }, "step could not be settled"));
    const step: StepInHand = { ended, stopping, cuttingOff };
    inHand.add(step);
    await ended.finally(() => inHand.delete(step));
  };

  const queue: StepQueue =
    store.kind === "embedded"
      ? startInProcessQueue(run, () => sweeps.now())
      : await startSharedQueue({ ctx, store, run: runsSteps ? run : null });
  const glanced = glancedBy(settings);
  const sweep = async (): Promise<number> => {
    const at = ctx.now();
    const now = at.getTime();
    const claimable = await listClaimable(ctx.db, { now: at, limit: LISTED, glanced });
    const isDue = ({ dueAt }: { dueAt: Date | null }) => dueAt === null || dueAt.getTime() <= now;
    await queue.offer(claimable.filter(isDue));
    if (!runsSteps) return Number.POSITIVE_INFINITY;
    const next = claimable.find((step) => !isDue(step))?.dueAt?.getTime();
    return next === undefined ? Number.POSITIVE_INFINITY : next - now;
  };
  const sweeps = startSweep({
    sweep,
    longestMs: runsSteps ? SWEEP_MS[store.kind] : IDLE_SWEEP_MS,
    shortestMs: SWEEP_PAUSE_MS[store.kind],
    onError: (error) => ctx.log.error({ err: error }, "sweep"),
  });
  const turns = oneOfMany({ ctx, store, holder: instanceId });
  const driftMs = settings.baseMs * DRIFT_EVERY_BASES;
  const recordsMs = settings.baseMs * RECORDS_EVERY_BASES;
  const standingsMs = settings.baseMs * STANDINGS_EVERY_BASES;
  const driftWatch = () =>
    startWatch(
      turns.alone("drift", driftMs, async () => {
        await watchAllDrift(ctx);
        if (await watchTargets(ctx)) sweeps.now();
        await followFirstBackups(ctx);
      }),
      driftMs,
      (error) => ctx.log.error({ err: error }, "drift watch"),
    );
  const recordsWatch = () =>
    startWatch(
      turns.alone("records", recordsMs, (signal) => lookAtTasks({ ctx, input: { signal } })),
      recordsMs,
      (error) => ctx.log.error({ err: error }, "records watch"),
    );
  const deadlineWatch = () =>
    startWatch(
      () => watchDeadlines(ctx),
      Math.min(DEADLINE_LOOK_MS, settings.baseMs),
      (error) => ctx.log.error({ err: error }, "deadline watch"),
    );
  const holdWatch = () =>
    startWatch(
      () => watchHolds(ctx),
      settings.baseMs,
      (error) => ctx.log.error({ err: error }, "hold watch"),
    );
  const waveWatch = () =>
    startWatch(
      // Two that look at once would both give away the same place, and the same free space.
      turns.alone("waves", settings.baseMs, () => watchWaves(ctx)),
      settings.baseMs,
      (error) => ctx.log.error({ err: error }, "wave watch"),
    );
  const outbox = () =>
    startWatch(
      async (signal) => {
        await deliverNotices({ ctx, input: { signal } });
        await deliverHookCalls(ctx, signal);
      },
      settings.baseMs,
      (error) => ctx.log.error({ err: error }, "outbox"),
    );
  const standingWatch = () =>
    startWatch(
      turns.alone("standings", standingsMs, async () => {
        await tellStandings({ ctx });
      }),
      standingsMs,
      (error) => ctx.log.error({ err: error }, "standing watch"),
    );
  const retention = () =>
    startWatch(
      turns.alone("retention", FORGET_EVERY_MS, async () => {
        await forgetOld({ ctx });
      }),
      FORGET_EVERY_MS,
      (error) => ctx.log.error({ err: error }, "retention"),
    );
  const watches = runsSteps
    ? [
        ...[startProbeWatch(ctx, turns), driftWatch(), recordsWatch(), deadlineWatch(), holdWatch()],
        ...[waveWatch(), outbox(), standingWatch(), retention()],
        startGlances({ ctx, settings, turns, offer: (due) => queue.offer(due) }),
      ]
    : [];

  return {
    wake: sweeps.now,
    stop: async () => {
      hasStopped = true;
      for (const { stopping } of inHand) stopping.abort();
      const cut = setTimeout(() => {
        for (const { cuttingOff } of inHand) cuttingOff.abort();
      }, CUT_OFF_MS);
      const watched = Promise.all(watches.map((watch) => watch.stop()));
      await sweeps.stop();
      await watched;
      await turns.giveBack();
      const drained = new AbortController();
      const late = sleep(DRAIN_MS, "late", { signal: drained.signal }).catch(() => null);
      const drain = Promise.allSettled([...inHand].map(({ ended }) => ended));
      if ((await Promise.race([drain, late])) === "late")
        ctx.log.warn({ steps: inHand.size }, "steps in hand did not end in time: another process takes them");
      drained.abort();
      clearTimeout(cut);
      await queue.stop();
    },
  };
}

function isDueAtOnce({ dueAt }: { dueAt: Date | null }): boolean {
  return dueAt === null;
}

async function startSharedQueue(input: {
  ctx: Ctx;
  store: Store;
  run: ((stepId: string) => Promise<void>) | null;
}): Promise<StepQueue> {
  // Loaded where it is used: most products have the embedded store.
  const { startPgBossQueue } = await import("./pg-boss-queue");
  const { ctx, ...rest } = input;
  return startPgBossQueue({
    ...rest,
    onError: (error) => ctx.log.error({ err: error }, "queue"),
    onLost: (error) =>
      ctx.log.error({ err: error }, "PostgreSQL can't be reached: steps wait until it is back"),
    onBack: () => ctx.log.warn({}, "PostgreSQL is back: steps go on"),
  });
}
