import type { QueryClient } from "@tanstack/react-query";
import type { EventStream, LiveState } from "./live-migration";
import { waveKeys, wavePath } from "./wave-queries";

const STALE_AFTER_MS = 10_000;
const REOPEN_MS = 3_000;
/** A picture of many lanes is read at most so often. */
const LEAST_APART_MS = 500;
/** A server that takes its time to tell of a wave is asked as seldom as that needs. */
const ROOM = 3;
const CLOSED = 2;

/**
 * Reads a wave again whenever its stream says that it changed: one reading at a time, with room between them. Without a stream
 * the query's own interval goes on. Returns what ends it.
 */
export function followWave({
  queryClient,
  id,
  onState,
  openStream = (url) => new EventSource(url),
}: {
  queryClient: QueryClient;
  id: string;
  onState: (state: LiveState) => void;
  openStream?: (url: string) => EventStream;
}): () => void {
  const queryKey = waveKeys.one(id);
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let stream: EventStream | null = null;
  let ended = false;
  let state: LiveState = "connecting";
  let reading = false;
  let changedMeanwhile = false;

  const later = (name: string, ms: number, run: () => void) => {
    if (ended || timers.has(name)) return;
    const timer = setTimeout(() => {
      timers.delete(name);
      run();
    }, ms);
    timers.set(name, timer);
  };
  const enter = (next: LiveState) => {
    if (ended || next === state) return;
    state = next;
    onState(next);
  };
  const read = () => {
    if (reading) {
      changedMeanwhile = true;
      return;
    }
    reading = true;
    // Somebody else's reading is joined; it may have begun before the change that is to be read.
    changedMeanwhile = queryClient.isFetching({ queryKey, exact: true }) > 0;
    const began = performance.now();
    void queryClient.refetchQueries({ queryKey, exact: true }, { cancelRefetch: false }).finally(() => {
      later("rest", Math.max(LEAST_APART_MS, ROOM * (performance.now() - began)), () => {
        reading = false;
        if (changedMeanwhile) read();
      });
    });
  };
  const connect = () => {
    if (ended) return;
    stream?.close();
    const current = openStream(`${wavePath(id)}/stream`);
    stream = current;
    current.addEventListener("open", () => {
      clearTimeout(timers.get("stale"));
      timers.delete("stale");
      enter("live");
    });
    current.addEventListener("error", () => {
      enter(state === "stale" ? "stale" : "reconnecting");
      later("stale", STALE_AFTER_MS, () => enter("stale"));
      if (current.readyState === CLOSED) later("reopen", REOPEN_MS, connect);
    });
    current.addEventListener("changed", read);
  };

  connect();
  return () => {
    ended = true;
    stream?.close();
    for (const timer of timers.values()) clearTimeout(timer);
  };
}
