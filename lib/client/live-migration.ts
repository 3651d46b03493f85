import type { QueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { EventView } from "@/lib/contracts/event";
import type { MigrationView } from "@/lib/contracts/migration";
import { ProgressView } from "@/lib/contracts/progress-view";
import { migrationKeys, migrationPath } from "./migration-keys";
import { readEventsAfter } from "./migration-queries";

/** `stale`: no connection for so long that what is shown may be wrong. */
export type LiveState = "connecting" | "live" | "reconnecting" | "stale";

const ProgressFrame = z.object({
  steps: z.array(z.object({ id: z.string(), progress: ProgressView.nullable() })),
});

const STALE_AFTER_MS = 10_000;
/** Changes of one moment are read once. */
const REFETCH_MS = 50;
/** How long it waits before it asks again for events that it knows to be missing. */
const BEHIND_MS = 500;
const REOPEN_MS = 3_000;
const POLL_WITHOUT_STREAM_MS = 3_000;

/** The part of EventSource that is used; tests hand in their own. */
export interface EventStream {
  readyState: number;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

interface LiveOptions {
  queryClient: QueryClient;
  id: string;
  onState: (state: LiveState) => void;
  /** New events, in order, each once. */
  onEvents?: (events: EventView[]) => void;
  openStream?: (url: string) => EventStream;
}

const CLOSED = 2;

/**
 * Keeps the cache of one migration live: events are appended, gauges patched, and the whole is read again when the stream
 * says that it changed. Without a stream it polls. Returns what ends it.
 */
export function followMigration({ queryClient, id, onState, onEvents, openStream }: LiveOptions): () => void {
  const open = openStream ?? ((url: string) => new EventSource(url));
  let stream: EventStream | null = null;
  let ended = false;
  let state: LiveState = "connecting";
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const later = (name: string, ms: number, run: () => void) => {
    if (timers.has(name)) return;
    timers.set(
      name,
      setTimeout(() => {
        timers.delete(name);
        run();
      }, ms),
    );
  };
  const cancel = (name: string) => {
    clearTimeout(timers.get(name));
    timers.delete(name);
  };
  const enter = (next: LiveState) => {
    if (ended || next === state) return;
    state = next;
    onState(next);
  };
  const refetch = () => later("refetch", REFETCH_MS, readAgain);

  /** One reading at a time: what changes meanwhile is read after it, so that no answer is thrown away on its way. */
  let readingWhole = false;
  let changedMeanwhile = false;
  const readAgain = () => {
    if (ended) return;
    if (readingWhole) {
      changedMeanwhile = true;
      return;
    }
    readingWhole = true;
    const queryKey = migrationKeys.detail(id);
    // Somebody else's reading is joined; it may have begun before the change that is to be read.
    changedMeanwhile = queryClient.isFetching({ queryKey, exact: true }) > 0;
    void queryClient.refetchQueries({ queryKey, exact: true }, { cancelRefetch: false }).finally(() => {
      readingWhole = false;
      if (changedMeanwhile) readAgain();
    });
  };

  /** Highest number heard of on the stream: the cache is behind until it has it. */
  let heard = 0;
  let reading = false;
  const cached = () => queryClient.getQueryData<EventView[]>(migrationKeys.events(id));
  const append = (events: EventView[]) => {
    const known = cached();
    if (!known || ended) return;
    const last = lastSeq(known);
    const fresh = events.filter((event) => event.seq > last);
    if (fresh.length === 0) return;
    queryClient.setQueryData<EventView[]>(migrationKeys.events(id), [...known, ...fresh]);
    onEvents?.(fresh);
  };
  /** Only the very next event may be appended: one further on would hide those between for ever. */
  const take = (event: EventView) => {
    heard = Math.max(heard, event.seq);
    const known = cached();
    if (known && event.seq === lastSeq(known) + 1) append([event]);
    else if (!known || event.seq > lastSeq(known)) catchUp();
  };
  /** Reads on from the last event in the cache, again and again until it has all that was heard of. */
  const catchUp = () => {
    if (reading || ended) return;
    reading = true;
    const known = cached();
    const read = known ? readEventsAfter(id, lastSeq(known)).then(append) : Promise.resolve();
    const settle = () => {
      reading = false;
      if (!ended && heard > lastSeq(cached() ?? [])) later("behind", BEHIND_MS, catchUp);
    };
    read.then(settle, settle);
  };

  const lost = () => {
    enter(state === "stale" ? "stale" : "reconnecting");
    later("stale", STALE_AFTER_MS, () => enter("stale"));
    later("poll", POLL_WITHOUT_STREAM_MS, poll);
    if (stream?.readyState === CLOSED) later("reopen", REOPEN_MS, connect);
  };
  const poll = () => {
    if (ended || state === "live") return;
    readAgain();
    catchUp();
    later("poll", POLL_WITHOUT_STREAM_MS, poll);
  };

  const connect = () => {
    if (ended) return;
    stream?.close();
    const current = open(`${migrationPath(id)}/stream`);
    stream = current;
    current.addEventListener("open", () => {
      cancel("stale");
      cancel("poll");
      enter("live");
      refetch();
      catchUp();
    });
    current.addEventListener("error", lost);
    current.addEventListener("event", ({ data }) => {
      const event = EventView.safeParse(parseJson(data));
      if (event.success) take(event.data);
    });
    current.addEventListener("progress", ({ data }) => {
      const frame = ProgressFrame.safeParse(parseJson(data));
      if (frame.success) patchProgress(queryClient, id, frame.data.steps);
    });
    current.addEventListener("changed", refetch);
  };

  connect();
  return () => {
    ended = true;
    stream?.close();
    for (const timer of timers.values()) clearTimeout(timer);
  };
}

function lastSeq(events: readonly EventView[]): number {
  return events.at(-1)?.seq ?? 0;
}

/** New gauges in the cached migration; objects change only where their content does. */
function patchProgress(
  queryClient: QueryClient,
  id: string,
  gauges: { id: string; progress: ProgressView | null }[],
): void {
  queryClient.setQueryData<MigrationView>(migrationKeys.detail(id), (view) => {
    if (!view) return view;
    const byId = new Map(gauges.map((gauge) => [gauge.id, gauge.progress]));
    return {
      ...view,
      steps: view.steps.map((step) =>
        byId.has(step.id) ? { ...step, progress: byId.get(step.id) ?? null } : step,
      ),
    };
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
