import type { QueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { EventView } from "@/lib/contracts/event";
import type { MigrationView } from "@/lib/contracts/migration";
import { ProgressView } from "@/lib/contracts/progress-view";
import { type EventStream, followStream, type LiveState, namedTimers, oneReading } from "./follow-stream";
import { migrationKeys, migrationPath } from "./migration-keys";
import { readEventsAfter } from "./migration-queries";

const ProgressFrame = z.object({
  steps: z.array(z.object({ id: z.string(), progress: ProgressView.nullable() })),
});

/** Changes of one moment are read once. */
const REFETCH_MS = 50;
/** How long it waits before it asks again for events that it knows to be missing. */
const BEHIND_MS = 500;
const POLL_WITHOUT_STREAM_MS = 3_000;

interface LiveOptions {
  queryClient: QueryClient;
  id: string;
  onState: (state: LiveState) => void;
  /** New events, in order, each once. */
  onEvents?: (events: EventView[]) => void;
  openStream?: (url: string) => EventStream;
}

/**
 * Keeps the cache of one migration live: events are appended, gauges patched, and the whole is read again when the stream
 * says that it changed. Without a stream it polls. Returns what ends it.
 */
export function followMigration({ queryClient, id, onState, onEvents, openStream }: LiveOptions): () => void {
  const timers = namedTimers();
  const readAgain = oneReading(queryClient, migrationKeys.detail(id), timers);
  const refetch = () => timers.later("refetch", REFETCH_MS, readAgain);

  /** Highest number heard of on the stream: the cache is behind until it has it. */
  let heard = 0;
  let reading = false;
  const cached = () => queryClient.getQueryData<EventView[]>(migrationKeys.events(id));
  const append = (events: EventView[]) => {
    const known = cached();
    if (!known || timers.ended) return;
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
    if (reading || timers.ended) return;
    reading = true;
    const known = cached();
    const read = known ? readEventsAfter(id, lastSeq(known)).then(append) : Promise.resolve();
    const settle = () => {
      reading = false;
      if (heard > lastSeq(cached() ?? [])) timers.later("behind", BEHIND_MS, catchUp);
    };
    read.then(settle, settle);
  };

  // Its timer goes with the stream that is open again, or with the page.
  const poll = () => {
    readAgain();
    catchUp();
    timers.later("poll", POLL_WITHOUT_STREAM_MS, poll);
  };

  return followStream({
    ...{ url: `${migrationPath(id)}/stream`, timers, onState, openStream },
    listeners: {
      open: () => {
        timers.cancel("poll");
        refetch();
        catchUp();
      },
      error: () => timers.later("poll", POLL_WITHOUT_STREAM_MS, poll),
      event: ({ data }) => {
        const event = EventView.safeParse(parseJson(data));
        if (event.success) take(event.data);
      },
      progress: ({ data }) => {
        const frame = ProgressFrame.safeParse(parseJson(data));
        if (frame.success) patchProgress(queryClient, id, frame.data.steps);
      },
      changed: refetch,
    },
  });
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
