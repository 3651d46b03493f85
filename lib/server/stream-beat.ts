import type { Ctx } from "@/lib/context/context";

/** What a live page needs to know at one moment. */
export interface FeedState {
  /** Another one whenever what is shown must be read again. */
  version: number | string;
  lastSeq: number;
  /** As `readGauges` reads them: another text whenever one has moved, empty where there are none. */
  gauges: string;
}

/** What is looked at, for all streams of it together. */
export interface Feed {
  /** Milliseconds from one look to the next. */
  pollMs: number;
  /** An error is of one alone; rejects where none could be looked at. */
  look(ids: readonly string[]): Promise<ReadonlyMap<string, FeedState | Error>>;
}

/** A stream, as a beat knows it. None of its methods throws. */
export interface Beaten {
  /** What it is of. */
  readonly id: string;
  /** What it has told of. */
  readonly seen: FeedState | null;
  /** When somebody must hear from it again, by `performance.now()`. */
  readonly pingAtMs: number;
  tell(state: FeedState): void;
  ping(): void;
  /** Ends by itself if whoever has it open may not have it any more. */
  askLeave(): void;
  fail(error: unknown): void;
}

/** With more streams than so many each look is worth its while, and comes half as often. */
const MANY = 100;
/** How often it is asked whether streams may stay open. */
const LEAVE_MS = 2_000;

/**
 * One timer and one look for all streams of a feed, however many are open. Of a stream of which nothing has changed it only compares what it
 * has seen. Looks while there are streams.
 */
export class StreamBeat {
  readonly #feed: Feed;
  readonly #streams = new Set<Beaten>();
  /** Whom the next look is for; null when somebody has come or gone. */
  #round: { streams: readonly Beaten[]; ids: readonly string[] } | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isLooking = false;
  #leaveTurn = 0;

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  join(stream: Beaten): void {
    this.#streams.add(stream);
    this.#round = null;
    this.#wait();
  }

  leave(stream: Beaten): void {
    this.#streams.delete(stream);
    this.#round = null;
    if (this.#streams.size > 0 || this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(): void {
    if (this.#timer !== null || this.#isLooking || this.#streams.size === 0) return;
    const ms = this.#feed.pollMs * (this.#streams.size > MANY ? 2 : 1);
    // All feeds of a process look at the same instants, so that what they ask besides is asked together.
    this.#timer = setTimeout(() => void this.#beat(), ms - (performance.now() % ms));
  }

  async #beat(): Promise<void> {
    this.#timer = null;
    this.#isLooking = true;
    const { streams, ids } = this.#nextRound();
    this.#askLeave(streams);
    try {
      const states = await this.#feed.look(ids);
      const nowMs = performance.now();
      for (const stream of streams) {
        const state = states.get(stream.id);
        if (state instanceof Error) stream.fail(state);
        else if (state !== undefined && !isSame(state, stream.seen)) stream.tell(state);
        else if (nowMs >= stream.pingAtMs) stream.ping();
      }
    } catch (error) {
      for (const stream of streams) stream.fail(error);
    }
    this.#isLooking = false;
    this.#wait();
  }

  #nextRound(): { streams: readonly Beaten[]; ids: readonly string[] } {
    if (this.#round === null) {
      const streams = [...this.#streams];
      this.#round = { streams, ids: [...new Set(streams.map(({ id }) => id))] };
    }
    return this.#round;
  }

  #askLeave(streams: readonly Beaten[]): void {
    const turn = Math.floor(performance.now() / LEAVE_MS);
    if (turn === this.#leaveTurn) return;
    this.#leaveTurn = turn;
    for (const stream of streams) stream.askLeave();
  }
}

/** One beat a store, as long as there is the store. */
export function beatPerStore(feed: (ctx: Pick<Ctx, "db">) => Feed): (ctx: Pick<Ctx, "db">) => StreamBeat {
  const beats = new WeakMap<Ctx["db"], StreamBeat>();
  return ({ db }) => {
    const known = beats.get(db) ?? new StreamBeat(feed({ db }));
    beats.set(db, known);
    return known;
  };
}

function isSame(state: FeedState, seen: FeedState | null): boolean {
  return (
    seen !== null &&
    state.version === seen.version &&
    state.lastSeq === seen.lastSeq &&
    state.gauges === seen.gauges
  );
}
