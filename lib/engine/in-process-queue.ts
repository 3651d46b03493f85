import { type Lane, laneOf, type StepQueue, WORKERS } from "./step-queue";

/**
 * For the store that this process has to itself: no other worker, so that nothing need be handed over through tables.
 * `onFree` is called when a worker gets free after a step had to wait for one.
 */
export function startInProcessQueue(run: (stepId: string) => Promise<void>, onFree: () => void): StepQueue {
  const inHand = new Map<string, Promise<void>>();
  const busy: Record<Lane, number> = { steps: 0, backups: 0, uploads: 0, looks: 0 };
  let turnedAway = false;
  let stopped = false;
  const take = async (stepId: string, lane: Lane): Promise<void> => {
    busy[lane] += 1;
    try {
      await run(stepId);
    } finally {
      busy[lane] -= 1;
      inHand.delete(stepId);
      if (turnedAway) {
        turnedAway = false;
        onFree();
      }
    }
  };
  return {
    offer: (due) => {
      for (const { id, kind } of stopped ? [] : due) {
        const lane = laneOf(kind);
        if (inHand.has(id) || busy[lane] >= WORKERS) turnedAway = true;
        else inHand.set(id, take(id, lane));
      }
      return Promise.resolve();
    },
    stop: () => {
      stopped = true;
      return Promise.resolve();
    },
  };
}
