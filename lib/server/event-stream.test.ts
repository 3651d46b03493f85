import { expect, test } from "vitest";
import type { EventView } from "@/lib/contracts/event";
import { eventStream, type StreamOptions } from "./event-stream";
import { lastEventIdOf } from "./last-event-id";
import { type FeedState, StreamBeat } from "./stream-beat";

interface Message {
  event: string;
  id: string | null;
  data: unknown;
}

/** Reads messages as a browser would until enough came. */
async function read(response: Response, enough: (messages: Message[], raw: string) => boolean) {
  const reader = response.body?.getReader();
  if (!reader) throw new Error("no body");
  const decoder = new TextDecoder();
  let raw = "";
  let messages: Message[] = [];
  while (!enough(messages, raw)) {
    const { done, value } = await reader.read();
    if (done) break;
    raw += decoder.decode(value, { stream: true });
    messages = raw
      .split("\n\n")
      .slice(0, -1)
      .flatMap((block) => {
        const field = (name: string) =>
          block
            .split("\n")
            .find((line) => line.startsWith(`${name}: `))
            ?.slice(name.length + 2) ?? null;
        const event = field("event");
        return event === null ? [] : [{ event, id: field("id"), data: JSON.parse(field("data") ?? "null") }];
      });
  }
  await reader.cancel();
  return messages;
}

function eventAt(seq: number): EventView {
  return {
    seq,
    type: "rds_status",
    payload: { file: `${seq}.trn`, status: "restoring" },
    actor: "engine",
    at: "2026-05-01T00:00:00.000Z",
  };
}

/** A feed that a test moves on by hand; `looks` counts. */
function handFeed(initial: FeedState) {
  const feed = { state: initial, looks: 0 };
  const beat = new StreamBeat({
    pollMs: 5,
    look: async () => {
      feed.looks += 1;
      return new Map([["m", feed.state]]);
    },
  });
  const open = (options: Partial<StreamOptions> = {}): Response =>
    eventStream({
      beat,
      id: "m",
      first: feed.state,
      eventsAfter: async (seq) =>
        Array.from({ length: feed.state.lastSeq - seq }, (_, index) => eventAt(seq + 1 + index)),
      lastEventId: null,
      signal: new AbortController().signal,
      ...options,
    });
  return { feed, open };
}

const QUIET: FeedState = { version: 4, lastSeq: 7, gauges: "" };

test("headers forbid buffering and compression on the way", () => {
  const stop = new AbortController();
  const { headers } = handFeed(QUIET).open({ signal: stop.signal });
  stop.abort();
  expect(headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(headers.get("cache-control")).toContain("no-transform");
});

test("a first visit hears of what comes from now on, and is told to look once", async () => {
  const { feed, open } = handFeed(QUIET);
  const messages = await read(open(), (seen) => {
    if (seen.length === 1) feed.state = { version: 5, lastSeq: 9, gauges: "" };
    return seen.length >= 4;
  });
  expect(messages).toEqual([
    { event: "changed", id: null, data: { version: 4 } },
    { event: "event", id: "8", data: eventAt(8) },
    { event: "event", id: "9", data: eventAt(9) },
    { event: "changed", id: null, data: { version: 5 } },
  ]);
});

test("a browser that comes back gets every event it missed, in order, once", async () => {
  const messages = await read(handFeed(QUIET).open({ lastEventId: 3 }), (seen) => seen.length >= 5);
  expect(messages.map((message) => message.id)).toEqual(["4", "5", "6", "7", null]);
});

test("an event that is not there yet when it is asked for is asked for again", async () => {
  const { feed, open } = handFeed(QUIET);
  const asked: number[] = [];
  const response = open({
    eventsAfter: async (seq, lastSeq) => {
      asked.push(seq);
      return asked.length === 1 ? [] : [eventAt(lastSeq)];
    },
  });
  feed.state = { ...QUIET, lastSeq: 8 };
  const messages = await read(response, (seen) => seen.length >= 2);
  expect(messages[1]).toEqual({ event: "event", id: "8", data: eventAt(8) });
  expect(asked).toEqual([7, 7]);
});

test("gauges are sent when they move, and their end, but not again while they stand", async () => {
  const gauge = (percent: number): string => JSON.stringify([["s1", { percent }]]);
  const { feed, open } = handFeed({ ...QUIET, gauges: gauge(10) });
  const messages = await read(open({ pingMs: 40 }), (seen, raw) => {
    const sent = seen.filter((message) => message.event === "progress");
    // Moves on only after a ping: several looks with a standing gauge lie between.
    if (sent.length === 1 && raw.includes(": ping")) feed.state = QUIET;
    return sent.length >= 2;
  });
  const progress = { doneBytes: null, totalBytes: null, percent: 10, bytesPerSecond: null };
  expect(messages.filter((message) => message.event === "progress").map((message) => message.data)).toEqual([
    { steps: [{ id: "s1", progress }] },
    { steps: [] },
  ]);
});

test("it stops looking at the store when the listener goes away", async () => {
  const { feed, open } = handFeed(QUIET);
  const stop = new AbortController();
  const text = open({ signal: stop.signal }).text();
  await expect.poll(() => feed.looks).toBeGreaterThan(2);
  stop.abort();
  expect(await text).toContain("event: changed");
  const looks = feed.looks;
  const [other, gone] = [handFeed(QUIET), new AbortController()];
  const later = other.open({ signal: gone.signal }).text();
  await expect.poll(() => other.feed.looks).toBeGreaterThan(3);
  expect(feed.looks).toBeLessThanOrEqual(looks + 1);
  gone.abort();
  await later;
});

test("a store that fails ends the stream, and says so once", async () => {
  const errors: unknown[] = [];
  const ends: string[] = [];
  const beat = new StreamBeat({ pollMs: 5, look: () => Promise.reject(new Error("store gone")) });
  const response = handFeed(QUIET).open({
    beat,
    onError: (error) => errors.push(error),
    onEnd: () => ends.push("end"),
  });
  expect(await response.text()).toContain("event: changed");
  expect(errors).toEqual([new Error("store gone")]);
  expect(ends).toHaveLength(1);
});

test.each([
  [{ "last-event-id": "12" }, "", 12],
  [{}, "?after=5", 5],
  [{ "last-event-id": "9" }, "?after=5", 9],
  [{ "last-event-id": "-1" }, "", null],
  [{ "last-event-id": "1e9999" }, "", null],
  [{}, "", null],
])("last event id of %j %s", (headers, search, expected) => {
  const request = new Request(`http://127.0.0.1/api/migrations/m/stream${search}`, { headers });
  expect(lastEventIdOf(request)).toBe(expected);
});
