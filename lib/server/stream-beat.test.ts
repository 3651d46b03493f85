import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Beaten, type FeedState, StreamBeat } from "./stream-beat";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => vi.useRealTimers());

const AT_REST: FeedState = { version: 1, lastSeq: 1, gauges: "" };

/** So many streams of as many ids, and all that a beat does with them. */
function streamsOn(beat: StreamBeat, count: number) {
  const calls: string[] = [];
  const note = (id: string, what: string) => () => {
    calls.push(`${id} ${what}`);
  };
  const streams = Array.from({ length: count }, (_, n) => {
    const id = `m${n}`;
    const stream: Beaten = {
      ...{ id, seen: AT_REST, pingAtMs: Number.POSITIVE_INFINITY },
      tell: note(id, "tell"),
      ping: note(id, "ping"),
      askLeave: note(id, "askLeave"),
      fail: (error) => {
        calls.push(`${id} ${error instanceof Error ? error.message : ""}`);
        beat.leave(stream);
      },
    };
    beat.join(stream);
    return stream;
  });
  return { calls, streams, said: (what: string) => calls.filter((call) => call.endsWith(what)) };
}

function handFeed() {
  const looks: (readonly string[])[] = [];
  const states = new Map<string, FeedState | Error>();
  const feed = {
    pollMs: 250,
    look: async (ids: readonly string[]) => {
      looks.push(ids);
      return new Map(ids.map((id) => [id, states.get(id) ?? { ...AT_REST }]));
    },
  };
  return { feed, looks, states };
}

test("three hundred streams are one look, each is asked every two seconds whether it may stay, and at rest is not touched otherwise", async () => {
  const { feed, looks } = handFeed();
  const { said, calls } = streamsOn(new StreamBeat(feed), 300);
  // The first beat is waited for since there were few.
  await vi.advanceTimersByTimeAsync(500);
  for (const list of [looks, calls]) list.length = 0;
  await vi.advanceTimersByTimeAsync(10_000);
  // Twice a second, since they are many.
  expect(looks).toHaveLength(20);
  expect(looks.every((ids) => ids.length === 300)).toBe(true);
  expect(said("askLeave")).toHaveLength(300 * 5);
  expect(calls).toHaveLength(300 * 5);
});

test("few are looked at four times a second, and who is of one migration is asked for once", async () => {
  const { feed, looks } = handFeed();
  const beat = new StreamBeat(feed);
  streamsOn(beat, 2);
  streamsOn(beat, 2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(looks).toEqual(Array.from({ length: 4 }, () => ["m0", "m1"]));
});

test("only those hear of a change that it is of, and of a ping those that are due", async () => {
  const { feed, states } = handFeed();
  const { calls, streams } = streamsOn(new StreamBeat(feed), 4);
  await vi.advanceTimersByTimeAsync(250);
  calls.length = 0;
  states.set("m1", { ...AT_REST, version: 2 });
  states.set("m2", { ...AT_REST, gauges: "[]" });
  Object.assign(streams[3] ?? {}, { pingAtMs: performance.now() + 1 });
  await vi.advanceTimersByTimeAsync(250);
  expect(calls).toEqual(["m1 tell", "m2 tell", "m3 ping"]);
});

test("an error of one is its own, and of a look all streams'; without streams nobody looks", async () => {
  const { feed, looks, states } = handFeed();
  const beat = new StreamBeat(feed);
  const { said } = streamsOn(beat, 3);
  states.set("m1", new Error("gone"));
  await vi.advanceTimersByTimeAsync(500);
  expect(said("gone")).toEqual(["m1 gone"]);
  expect(looks).toEqual([
    ["m0", "m1", "m2"],
    ["m0", "m2"],
  ]);
  feed.look = () => Promise.reject(new Error("no store"));
  await vi.advanceTimersByTimeAsync(250);
  expect(said("no store")).toEqual(["m0 no store", "m2 no store"]);
  expect(vi.getTimerCount()).toBe(0);
});

test("a look that takes long is waited for, and who came meanwhile is in the next one", async () => {
  const { feed } = handFeed();
  const looks: (readonly string[])[] = [];
  let answer = (): void => undefined;
  feed.look = (ids) => {
    looks.push(ids);
    return new Promise((resolve) => {
      answer = () => resolve(new Map());
    });
  };
  const beat = new StreamBeat(feed);
  streamsOn(beat, 1);
  await vi.advanceTimersByTimeAsync(1_000);
  streamsOn(beat, 2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(looks).toEqual([["m0"]]);
  answer();
  await vi.advanceTimersByTimeAsync(250);
  expect(looks).toEqual([["m0"], ["m0", "m1"]]);
});
