import type { QueryClient, QueryKey } from "@tanstack/react-query";

/** `stale`: no connection for so long that what is shown may be wrong. */
export type LiveState = "connecting" | "live" | "reconnecting" | "stale";

/** The part of EventSource that is used; tests hand in their own. */
export interface EventStream {
  readyState: number;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

const STALE_AFTER_MS = 10_000;
const REOPEN_MS = 3_000;
const CLOSED = 2;

/** Timers by name: one of a name at a time, and none once it has ended. */
export interface NamedTimers {
  ended: boolean;
  later(name: string, ms: number, run: () => void): void;
  cancel(name: string): void;
  end(): void;
}

export function namedTimers(): NamedTimers {
  const running = new Map<string, ReturnType<typeof setTimeout>>();
  const timers: NamedTimers = {
    ended: false,
    later: (name, ms, run) => {
      if (timers.ended || running.has(name)) return;
      running.set(
        name,
        setTimeout(() => {
          running.delete(name);
          run();
        }, ms),
      );
    },
    cancel: (name) => {
      clearTimeout(running.get(name));
      running.delete(name);
    },
    end: () => {
      timers.ended = true;
      for (const timer of running.values()) clearTimeout(timer);
    },
  };
  return timers;
}

type Listener = (event: MessageEvent<string>) => void;

/**
 * Keeps a live stream open, again and again, and tells how it stands. `listeners`: by the type of what is heard on it, `open` and `error` too.
 * Returns what ends it, and `timers` with it.
 */
export function followStream({
  url,
  timers,
  onState,
  listeners,
  openStream = (address) => new EventSource(address),
}: {
  url: string;
  timers: NamedTimers;
  onState: (state: LiveState) => void;
  listeners: Readonly<Record<string, Listener>>;
  openStream?: ((url: string) => EventStream) | undefined;
}): () => void {
  let stream: EventStream | null = null;
  let state: LiveState = "connecting";
  const enter = (next: LiveState) => {
    if (timers.ended || next === state) return;
    state = next;
    onState(next);
  };
  const connect = () => {
    stream?.close();
    const current = openStream(url);
    stream = current;
    const all: Record<string, Listener> = {
      ...listeners,
      open: (event) => {
        timers.cancel("stale");
        enter("live");
        listeners.open?.(event);
      },
      error: (event) => {
        enter(state === "stale" ? "stale" : "reconnecting");
        timers.later("stale", STALE_AFTER_MS, () => enter("stale"));
        listeners.error?.(event);
        if (current.readyState === CLOSED) timers.later("reopen", REOPEN_MS, connect);
      },
    };
    for (const [type, listener] of Object.entries(all)) current.addEventListener(type, listener);
  };
  connect();
  return () => {
    timers.end();
    stream?.close();
  };
}

/**
 * Reads a query again, one reading at a time: what changes meanwhile is read after it, so that no answer is thrown away on its way,
 * and nothing once `timers` have ended. `rest` says when the next may begin; unless said: at once.
 */
export function oneReading(
  queryClient: QueryClient,
  queryKey: QueryKey,
  timers: Pick<NamedTimers, "ended">,
  rest?: () => (goOn: () => void) => void,
): () => void {
  let reading = false;
  let changedMeanwhile = false;
  const read = () => {
    if (timers.ended) return;
    if (reading) {
      changedMeanwhile = true;
      return;
    }
    reading = true;
    // Somebody else's reading is joined; it may have begun before the change that is to be read.
    changedMeanwhile = queryClient.isFetching({ queryKey, exact: true }) > 0;
    const after = rest?.();
    const goOn = () => {
      reading = false;
      if (changedMeanwhile) read();
    };
    void queryClient
      .refetchQueries({ queryKey, exact: true }, { cancelRefetch: false })
      .finally(() => (after ? after(goOn) : goOn()));
  };
  return read;
}
