import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EventView } from "@/lib/contracts/migration";
import { type EventStream, followMigration, type LiveState } from "./live-migration";
import { migrationKeys } from "./migration-queries";

class FakeStream implements EventStream {
  readyState = 0;
  readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void) {
    this.listeners.set(type, listener);
  }
  close() {
    this.readyState = 2;
  }
  emit(type: string, data: unknown = {}) {
    this.listeners.get(type)?.(new MessageEvent(type, { data: JSON.stringify(data) }));
  }
}

const event = (seq: number): EventView => ({
  seq,
  type: "x",
  payload: {},
  actor: "a",
  at: "2026-05-17T00:00:00Z",
});

function follow() {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queryClient.setQueryData(migrationKeys.events("m"), [event(1)]);
  queryClient.setQueryData(migrationKeys.detail("m"), {
    steps: [
      { id: "a", progress: null },
      { id: "b", progress: null },
    ],
  });
  const streams: FakeStream[] = [];
  const states: LiveState[] = [];
  const seen: number[] = [];
  const stop = followMigration({
    queryClient,
    id: "m",
    onState: (state) => states.push(state),
    onEvents: (events) => seen.push(...events.map(({ seq }) => seq)),
    openStream: () => {
      const stream = new FakeStream();
      streams.push(stream);
      return stream;
    },
  });
  const first = streams[0];
  if (!first) throw new Error("no stream was opened");
  return { queryClient, streams, first, states, seen, stop };
}

describe("followMigration", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("appends each event once and in order", () => {
    const { queryClient, first, seen, stop } = follow();
    first.emit("event", event(2));
    first.emit("event", event(2));
    first.emit("event", event(1));
    first.emit("event", event(3));
    first.emit("event", { nonsense: true });
    expect(queryClient.getQueryData<EventView[]>(migrationKeys.events("m"))?.map(({ seq }) => seq)).toEqual([
      1, 2, 3,
    ]);
    expect(seen).toEqual([2, 3]);
    stop();
  });

  it("loses no event when the stream is ahead of what was read", async () => {
    const { queryClient, first, seen, stop } = follow();
    const log = [1, 2, 3, 4, 5, 6].map(event);
    const asked: string[] = [];
    let answer = () => {};
    vi.stubGlobal("fetch", async (input: RequestInfo | URL) => {
      const after = Number(/after=(\d+)/.exec(String(input))?.[1]);
      asked.push(String(after));
      if (asked.length === 1) {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
      }
      const upTo = asked.length === 1 ? 4 : 6;
      return Response.json({ events: log.filter(({ seq }) => seq > after && seq <= upTo) });
    });
    first.emit("event", event(5));
    first.emit("event", event(2));
    first.emit("event", event(6));
    const known = () =>
      queryClient.getQueryData<EventView[]>(migrationKeys.events("m"))?.map(({ seq }) => seq);
    expect(known()).toEqual([1, 2]);
    answer();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(known()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(seen).toEqual([2, 3, 4, 5, 6]);
    const calls = asked.length;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked.length).toBe(calls);
    stop();
  });

  it("asks again when reading the missing events failed", async () => {
    const { queryClient, first, stop } = follow();
    first.emit("event", event(3));
    await vi.advanceTimersByTimeAsync(100);
    vi.stubGlobal("fetch", async (input: RequestInfo | URL) => {
      const after = Number(/after=(\d+)/.exec(String(input))?.[1]);
      return Response.json({ events: [2, 3].map(event).filter(({ seq }) => seq > after) });
    });
    await vi.advanceTimersByTimeAsync(2_000);
    const known = queryClient.getQueryData<EventView[]>(migrationKeys.events("m"));
    expect(known?.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    stop();
  });

  it("patches only the step whose gauge moved", () => {
    const { queryClient, first, stop } = follow();
    const before = queryClient.getQueryData<{ steps: unknown[] }>(migrationKeys.detail("m"));
    const progress = { doneBytes: 1, totalBytes: 2, percent: null, bytesPerSecond: null };
    first.emit("progress", { steps: [{ id: "b", progress }] });
    const after = queryClient.getQueryData<{ steps: { progress: unknown }[] }>(migrationKeys.detail("m"));
    expect(after?.steps[0]).toBe(before?.steps[0]);
    expect(after?.steps[1]?.progress).toEqual(progress);
    stop();
  });

  it("goes from live to reconnecting to stale and back, and opens a closed stream again", async () => {
    const { streams, first, states, stop } = follow();
    first.emit("open");
    first.readyState = 2;
    first.emit("error");
    expect(states).toEqual(["live", "reconnecting"]);
    await vi.advanceTimersByTimeAsync(3_100);
    expect(streams.length).toBe(2);
    streams[1]?.emit("error");
    await vi.advanceTimersByTimeAsync(7_000);
    expect(states.at(-1)).toBe("stale");
    streams[1]?.emit("open");
    expect(states.at(-1)).toBe("live");
    stop();
  });

  it("says nothing more once it is ended", async () => {
    const { first, states, stop } = follow();
    stop();
    first.emit("open");
    await vi.advanceTimersByTimeAsync(30_000);
    expect(states).toEqual([]);
    expect(first.readyState).toBe(2);
  });
});
