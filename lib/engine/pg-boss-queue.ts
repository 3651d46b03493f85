import PgBoss from "pg-boss";
import type { Store } from "@/lib/store/store";
import { OfferedBefore } from "./offered-before";
import { steadySql } from "./steady-sql";
import { LANES, type Lane, laneOf, type StepQueue, WORKERS } from "./step-queue";

const QUEUES: Record<Lane, string> = {
  steps: "run-step",
  backups: "run-backup",
  uploads: "run-upload",
  looks: "run-look",
};
/** Who offers tells the workers of its own process, and each process offers all that is due: this is for what was lost on the way. */
const POLL_SECONDS = 10;

/** For a store that processes share: pg-boss jobs carry the ids of steps and spread the work over them. */
export async function startPgBossQueue(input: {
  store: Store;
  /** Null: offer work to other processes, do none here. Never rejects. */
  run: ((stepId: string) => Promise<void>) | null;
  onError: (error: unknown) => void;
  /** The server can't be reached; the queue waits for it. */
  onLost: (error: unknown) => void;
  onBack: () => void;
}): Promise<StepQueue> {
  const { store, run, onError, onLost, onBack } = input;
  const sql = steadySql({ executeSql: store.executeSql, onLost, onBack });
  const boss = new PgBoss({
    db: { executeSql: (text: string, values: unknown[]) => sql.executeSql(text, values) },
    schema: "pgboss",
    supervise: true,
    schedule: false,
    // A job that is over says nothing that its step does not: a thousand migrations make some sixty a second, of which pg-boss would keep twelve
    // hours, and what it archives seven days.
    archiveCompletedAfterSeconds: 60,
    deleteAfterMinutes: 1,
  });
  boss.on("error", onError);
  await boss.start();
  for (const name of Object.values(QUEUES)) {
    await boss.createQueue(name, { name, policy: "short", retryLimit: 0, expireInHours: 23 });
  }
  const workerIds: Record<Lane, string[]> = { steps: [], backups: [], uploads: [], looks: [] };
  const offered = new OfferedBefore();
  for (const lane of run === null ? [] : LANES) {
    for (let index = 0; index < WORKERS; index += 1) {
      const options = { batchSize: 1, pollingIntervalSeconds: POLL_SECONDS };
      const id: string = await boss.work<{ stepId: string }>(QUEUES[lane], options, async (jobs) => {
        for (const job of jobs) {
          await run?.(job.data.stepId);
          offered.forget(job.data.stepId);
        }
        // Others may have been offered meanwhile: it looks at once instead of after its pause.
        boss.notifyWorker(id);
      });
      workerIds[lane].push(id);
    }
  }
  return {
    offer: async (due) => {
      const jobs = offered.fresh(due).map(({ id: stepId, kind }) => ({
        name: QUEUES[laneOf(kind)],
        data: { stepId },
        singletonKey: stepId,
      }));
      if (jobs.length > 0) await boss.insert(jobs);
      const called = new Set(due.map(({ kind }) => laneOf(kind)));
      for (const lane of called) for (const id of workerIds[lane]) boss.notifyWorker(id);
    },
    stop: () => {
      sql.stop();
      return boss.stop({ graceful: false, close: false, wait: true, timeout: 2_000 });
    },
  };
}
