import type { QueryClient } from "@tanstack/react-query";
import { type EventStream, followStream, type LiveState, namedTimers, oneReading } from "./follow-stream";
import { waveKeys, wavePath } from "./wave-queries";

/** A picture of many lanes is read at most so often. */
const LEAST_APART_MS = 500;
/** A server that takes its time to tell of a wave is asked as seldom as that needs. */
const ROOM = 3;

/**
 * Reads a wave again whenever its stream says that it changed: one reading at a time, with room between them. Without a stream
 * the query's own interval goes on. Returns what ends it.
 */
export function followWave({
  queryClient,
  id,
  onState,
  openStream,
}: {
  queryClient: QueryClient;
  id: string;
  onState: (state: LiveState) => void;
  openStream?: (url: string) => EventStream;
}): () => void {
  const timers = namedTimers();
  const read = oneReading(queryClient, waveKeys.one(id), timers, () => {
    const began = performance.now();
    return (goOn) => timers.later("rest", Math.max(LEAST_APART_MS, ROOM * (performance.now() - began)), goOn);
  });
  return followStream({
    ...{ url: `${wavePath(id)}/stream`, timers, onState, openStream },
    listeners: { changed: read },
  });
}
