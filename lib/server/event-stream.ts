import type { EventView } from "@/lib/contracts/event";
import { readGauges } from "@/lib/services/event/read-gauges";
import type { Beaten, FeedState, StreamBeat } from "./stream-beat";

export interface StreamOptions {
  /** Looks for this stream and all others like it. */
  beat: StreamBeat;
  /** What the stream is of, as the beat's feed calls it. */
  id: string;
  /** As it stood when the stream was asked for. */
  first: FeedState;
  /** Events with a greater `seq`, oldest first; there are some up to `lastSeq`. */
  eventsAfter(seq: number, lastSeq: number): Promise<EventView[]>;
  /** `Last-Event-ID` of a browser that comes back; null on the first visit, which has read the events itself. */
  lastEventId: number | null;
  signal: AbortSignal;
  /** Rejects when whoever opened the stream may not have it any more; asked every two seconds. */
  askLeave?: () => Promise<void>;
  pingMs?: number;
  /** Told of an error that ended the stream; the browser comes back by itself. */
  onError?: (error: unknown) => void;
  /** Told once, however it ended. */
  onEnd?: () => void;
}

const PING_MS = 10_000;
const encoder = new TextEncoder();

/**
 * A live page's stream (server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html): `event` with its `seq` as id,
 * `progress` when a gauge moved, `changed` when what is shown must be read again, a comment as ping. Costs nothing by itself while nothing
 * changes: the beat looks for all.
 */
export function eventStream(options: StreamOptions): Response {
  let stream: EventStream | null = null;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      stream = new EventStream(options, controller);
      stream.begin();
    },
    cancel() {
      stream?.end();
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

class EventStream implements Beaten {
  readonly id: string;
  seen: FeedState | null = null;
  pingAtMs = 0;
  readonly #options: StreamOptions;
  readonly #controller: ReadableStreamDefaultController<Uint8Array>;
  readonly #stop = () => this.end();
  #seq: number;
  /** As they were sent last. */
  #progress = "[]";
  #isTelling = false;
  #isAsking = false;
  #hasEnded = false;

  constructor(options: StreamOptions, controller: ReadableStreamDefaultController<Uint8Array>) {
    this.id = options.id;
    this.#options = options;
    this.#controller = controller;
    this.#seq = options.lastEventId ?? options.first.lastSeq;
  }

  begin(): void {
    const { beat, first, signal } = this.#options;
    if (signal.aborted) {
      this.end();
      return;
    }
    signal.addEventListener("abort", this.#stop, { once: true });
    this.#send("retry: 1000\n: open\n\n");
    this.tell(first);
    beat.join(this);
  }

  tell(state: FeedState): void {
    // What is told is waited for; what is newer then is found at a later beat.
    if (this.#isTelling || this.#hasEnded) return;
    this.#isTelling = true;
    void this.#tellAll(state)
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.#isTelling = false;
      });
  }

  ping(): void {
    if (!this.#isTelling) this.#send(": ping\n\n");
  }

  askLeave(): void {
    const { askLeave } = this.#options;
    if (askLeave === undefined || this.#isAsking) return;
    this.#isAsking = true;
    void askLeave()
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.#isAsking = false;
      });
  }

  fail(error: unknown): void {
    if (this.#hasEnded) return;
    this.#options.onError?.(error);
    this.end();
  }

  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const { beat, signal, onEnd } = this.#options;
    signal.removeEventListener("abort", this.#stop);
    beat.leave(this);
    try {
      this.#controller.close();
    } catch {
      // Already cancelled by the listener.
    }
    onEnd?.();
  }

  async #tellAll(state: FeedState): Promise<void> {
    const { seen } = this;
    const events = state.lastSeq > this.#seq ? await this.#options.eventsAfter(this.#seq, state.lastSeq) : [];
    let text = "";
    for (const event of events) text += message("event", event, event.seq);
    // At first, too: something may have changed between the page's own reading and this stream.
    if (seen?.version !== state.version) text += message("changed", { version: state.version });
    const steps = readGauges(state.gauges);
    const progress = JSON.stringify(steps);
    if (progress !== this.#progress) text += message("progress", { steps });
    this.#progress = progress;
    this.#seq = events.at(-1)?.seq ?? this.#seq;
    // Events that were not there yet are asked for again.
    this.seen = { ...state, lastSeq: Math.min(this.#seq, state.lastSeq) };
    if (text !== "") this.#send(text);
  }

  #send(text: string): void {
    if (this.#hasEnded) return;
    this.#controller.enqueue(encoder.encode(text));
    this.pingAtMs = performance.now() + (this.#options.pingMs ?? PING_MS);
  }
}

function message(event: string, data: unknown, id?: number): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
