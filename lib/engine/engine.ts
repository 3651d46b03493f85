import PgBoss from "pg-boss";
import type { Ctx } from "@/lib/context/context";
import { watchAllDrift } from "@/lib/drift/watch-all";
import type { EngineSettings } from "@/lib/steps/step-run";
import { listDueSteps, releaseAllClaims } from "@/lib/store/claim-step";
import type { Store } from "@/lib/store/store";
import { runStep } from "./run-step";
import { startWatch } from "./start-watch";
import { startProbeWatch } from "./watch-probes";

/** Uploads last for minutes at a time: with workers of their own they keep nobody else waiting. */
const QUEUES = { steps: "run-step", uploads: "run-upload" } as const;
const WORKERS = 4;
const SWEEP_MS = 500;
/** How often a worker looks by itself. The embedded store has this process alone, whose sweep calls every worker. */
const POLL_SECONDS = { embedded: 30, postgresql: 0.5 } as const;
/** Between two looks at the sources: 15 s at the usual base of 3 s, so an alarm is there within a minute. */
const DRIFT_EVERY_BASES = 5;

export interface Engine {
  /** Look for queued steps now instead of at the next sweep. Never throws, never waits. */
  wake(): void;
  stop(): Promise<void>;
}

/**
 * Runs steps. The step row is the queue entry, committed together with the facts that caused it; pg-boss jobs carry
 * only its id and spread the work over processes. A sweep twice a second sends a job for every due row, so that
 * losing a job, a timer or a process loses nothing.
 */
export async function startEngine(input: {
  ctx: Ctx;
  store: Store;
  settings: EngineSettings;
  /** Unique to this process; part of every claim. */
  instanceId: string;
  /** False: send jobs and sweep for others, run nothing here. */
  runsSteps: boolean;
}): Promise<Engine> {
  const { ctx, store, settings, instanceId } = input;
  // The embedded store has one user at a time: whatever is claimed was claimed by a process that is gone.
  if (store.kind === "embedded") await releaseAllClaims(ctx.db);
  const boss = new PgBoss({
    db: { executeSql: (text: string, values: unknown[]) => store.executeSql(text, values) },
    schema: "pgboss",
    supervise: true,
    schedule: false,
  });
  boss.on("error", (error) => ctx.log.error({ err: error }, "queue"));
  await boss.start();
  for (const name of Object.values(QUEUES)) {
    await boss.createQueue(name, { name, policy: "short", retryLimit: 0, expireInHours: 23 });
  }

  const stopping = new AbortController();
  const active = new Set<Promise<void>>();
  let claims = 0;
  const run = async (stepId: string): Promise<void> => {
    claims += 1;
    const work = runStep({
      ctx,
      settings,
      stepId,
      claim: `${instanceId}/${claims}`,
      signal: stopping.signal,
    }).catch((error) => ctx.log.error({ err: error, stepId }, "step could not be settled"));
    active.add(work);
    await work.finally(() => active.delete(work));
  };

  const workerIds: Record<string, string[]> = {};
  for (const queue of input.runsSteps ? Object.values(QUEUES) : []) {
    for (let index = 0; index < WORKERS; index += 1) {
      const id = await boss.work<{ stepId: string }>(
        queue,
        { batchSize: 1, pollingIntervalSeconds: POLL_SECONDS[store.kind] },
        async (jobs) => {
          for (const job of jobs) await run(job.data.stepId);
        },
      );
      workerIds[queue] = [...(workerIds[queue] ?? []), id];
    }
  }

  let sweeping: Promise<void> | null = null;
  let again = false;
  const sweepOnce = async (): Promise<void> => {
    const due = await listDueSteps(ctx.db, ctx.now(), 50);
    const called = new Set<string>();
    for (const { id: stepId, kind } of due) {
      const queue = kind === "upload" ? QUEUES.uploads : QUEUES.steps;
      await boss.send(queue, { stepId }, { singletonKey: stepId });
      called.add(queue);
    }
    for (const queue of called) for (const id of workerIds[queue] ?? []) boss.notifyWorker(id);
  };
  const sweep = (): void => {
    if (stopping.signal.aborted) return;
    if (sweeping) {
      again = true;
      return;
    }
    sweeping = sweepOnce()
      .catch((error) => ctx.log.error({ err: error }, "sweep"))
      .finally(() => {
        sweeping = null;
        if (!again) return;
        again = false;
        sweep();
      });
  };
  const driftWatch = () =>
    startWatch(
      () => watchAllDrift(ctx),
      settings.baseMs * DRIFT_EVERY_BASES,
      (error) => ctx.log.error({ err: error }, "drift watch"),
    );
  const watches = input.runsSteps ? [startProbeWatch(ctx), driftWatch()] : [];
  const timer = setInterval(sweep, SWEEP_MS);
  sweep();

  return {
    wake: sweep,
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      const watched = Promise.all(watches.map((watch) => watch.stop()));
      await sweeping;
      await watched;
      await Promise.allSettled(active);
      await boss.stop({ graceful: false, close: false, wait: true, timeout: 2_000 });
    },
  };
}
