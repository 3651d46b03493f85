import type { EventView } from "@/lib/contracts/event";
import type { ProgressView } from "@/lib/contracts/progress-view";

export interface FeedState {
  /** Another one whenever what is shown must be read again. */
  version: number | string;
  lastSeq: number;
  progress: { id: string; progress: ProgressView }[];
}

/** How the stream learns what is new; over the store it is two small queries. */
export interface EventFeed {
  look(): Promise<FeedState>;
  /** Events with a greater `seq`, oldest first; there are some up to `lastSeq`. */
  eventsAfter(seq: number, lastSeq: number): Promise<EventView[]>;
}

export interface StreamOptions {
  feed: EventFeed;
  /** `Last-Event-ID` of a browser that comes back; null on the first visit, which has read the events itself. */
  lastEventId: number | null;
  signal: AbortSignal;
  pollMs?: number;
  pingMs?: number;
  /** Told of an error that ended the stream; the browser comes back by itself. */
  onError?: (error: unknown) => void;
  /** Told once, however it ended. */
  onEnd?: () => void;
}

const POLL_MS = 250;
const PING_MS = 10_000;

/**
 * A live page's stream (server-sent events): `event` with its `seq` as id, `progress` when a gauge moved, `changed` when
 * the migration must be read again, a comment as ping. Looks at the store only while somebody listens.
 */
export function eventStream(options: StreamOptions): Response {
  const stop = new AbortController();
  const ended = AbortSignal.any([options.signal, stop.signal]);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      void pump(options, ended, controller).finally(() => {
        closeQuietly(controller);
        options.onEnd?.();
      });
    },
    cancel() {
      stop.abort();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // A proxy that compresses or buffers would hold events back.
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

async function pump(
  options: StreamOptions,
  ended: AbortSignal,
  controller: ReadableStreamDefaultController<Uint8Array>,
): Promise<void> {
  const encoder = new TextEncoder();
  const send = (text: string): void => {
    if (!ended.aborted) controller.enqueue(encoder.encode(text));
  };
  const { feed, pollMs = POLL_MS, pingMs = PING_MS } = options;
  let seq = options.lastEventId;
  let version: FeedState["version"] | null = null;
  let gauges = "";
  let pingAt = performance.now() + pingMs;
  send("retry: 1000\n: open\n\n");
  try {
    while (!ended.aborted) {
      const state = await feed.look();
      seq ??= state.lastSeq;
      if (state.lastSeq > seq) {
        for (const event of await feed.eventsAfter(seq, state.lastSeq)) {
          send(message("event", event, event.seq));
          seq = event.seq;
        }
      }
      // At first, too: something may have changed between the page's own reading and this stream.
      if (version !== state.version) send(message("changed", { version: state.version }));
      version = state.version;
      const now = JSON.stringify(state.progress);
      if (now !== gauges && (gauges !== "" || state.progress.length > 0)) {
        send(message("progress", { steps: state.progress }));
      }
      gauges = now;
      if (performance.now() >= pingAt) {
        send(": ping\n\n");
        pingAt = performance.now() + pingMs;
      }
      // All streams of a process look at the same instants, so that their looks are one.
      await pause(pollMs - (performance.now() % pollMs), ended);
    }
  } catch (error) {
    if (!ended.aborted) options.onError?.(error);
  }
}

function message(event: string, data: unknown, id?: number): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Ends early when the listener goes away. */
function pause(milliseconds: number, ended: AbortSignal): Promise<void> {
  if (ended.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      ended.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    ended.addEventListener("abort", done);
  });
}

function closeQuietly(controller: ReadableStreamDefaultController<Uint8Array>): void {
  try {
    controller.close();
  } catch {
    // Already cancelled by the listener.
  }
}
