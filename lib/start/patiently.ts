import { withDeadline } from "@/lib/context/deadline";

/** Probes give up after some seconds, and Prometheus after ten: who has not answered by then is not well. */
const PATIENCE_MS = 4_000;

/**
 * Asks, and rejects when there is no answer in time: of a server that stands still none comes, nor an error. Who comes meanwhile awaits the same
 * answer, so that whoever looks often does not take all connections. Null: there is nobody to ask yet.
 */
export function patiently<T>(
  ask: () => Promise<T> | null,
  patienceMs: number = PATIENCE_MS,
): () => Promise<T> | null {
  let awaited: Promise<T> | null = null;
  return () => {
    if (awaited !== null) return awaited;
    const answer = ask();
    if (answer === null) return null;
    awaited = withDeadline(answer, patienceMs).finally(() => {
      awaited = null;
    });
    return awaited;
  };
}
