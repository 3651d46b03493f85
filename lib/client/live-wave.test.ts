import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followWave } from "./live-wave";
import { waveKeys } from "./wave-queries";

class HandStream {
  readyState = 1;
  closed = false;
  readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void) {
    this.listeners.set(type, listener);
  }
  close() {
    this.closed = true;
  }
  say(type: string) {
    this.listeners.get(type)?.(new MessageEvent(type, { data: "{}" }));
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A page that shows wave `w1`; an answer takes `tookMs`. */
async function openPage(tookMs = 0) {
  const queryClient = new QueryClient();
  const reads: number[] = [];
  let isOpen = false;
  await queryClient.fetchQuery({
    queryKey: waveKeys.one("w1"),
    queryFn: async () => {
      reads.push(performance.now());
      if (isOpen && tookMs > 0) await new Promise((settle) => setTimeout(settle, tookMs));
      return reads.length;
    },
  });
  reads.length = 0;
  isOpen = true;
  const streams: HandStream[] = [];
  const states: string[] = [];
  const stop = followWave({
    queryClient,
    id: "w1",
    onState: (state) => states.push(state),
    openStream: (url) => {
      expect(url).toBe("/api/waves/w1/stream");
      const stream = new HandStream();
      streams.push(stream);
      return stream;
    },
  });
  return { reads, streams, states, stop, last: () => streams.at(-1) ?? new HandStream() };
}

test("many changes of one moment are two readings: the first at once, and one that has seen the last", async () => {
  const page = await openPage();
  for (let at = 0; at < 20; at += 1) page.last().say("changed");
  await vi.advanceTimersByTimeAsync(10);
  expect(page.reads).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(page.reads).toHaveLength(2);
  page.stop();
});

test("a server that takes two seconds is not asked again for six more", async () => {
  const page = await openPage(2_000);
  page.last().say("changed");
  await vi.advanceTimersByTimeAsync(1);
  page.last().say("changed");
  await vi.advanceTimersByTimeAsync(7_900);
  expect(page.reads).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(page.reads).toHaveLength(2);
  page.stop();
});

test("a stream that is gone is opened again; what is shown is called old after ten seconds, and live again after", async () => {
  const page = await openPage();
  page.last().say("open");
  page.last().readyState = 2;
  page.last().say("error");
  expect(page.states).toEqual(["live", "reconnecting"]);
  await vi.advanceTimersByTimeAsync(3_100);
  expect(page.streams).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(7_000);
  expect(page.states.at(-1)).toBe("stale");
  page.last().say("open");
  expect(page.states.at(-1)).toBe("live");
  page.stop();
  expect(page.last().closed).toBe(true);
});

test("who has left reads nothing more", async () => {
  const page = await openPage();
  page.last().say("changed");
  page.last().say("changed");
  await vi.advanceTimersByTimeAsync(1);
  page.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(page.reads).toHaveLength(1);
});
