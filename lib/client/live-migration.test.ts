import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EventView } from "@/lib/contracts/event";
import type { EventStream, LiveState } from "./follow-stream";
import { followMigration } from "./live-migration";
import { migrationKeys } from "./migration-keys";
import { migrationQuery } from "./migration-queries";

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
  type: "check_succeeded",
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

  describe("while changes come faster than they can be read", () => {
    /** A server whose answers take 800 ms and tell the state at the moment of asking. */
    function slowServer() {
      const asked: { at: number; aborted: boolean }[] = [];
      let state = 0;
      vi.stubGlobal("fetch", (_: RequestInfo | URL, init?: RequestInit) => {
        const reading = { at: state, aborted: false };
        asked.push(reading);
        init?.signal?.addEventListener("abort", () => {
          reading.aborted = true;
        });
        const answer = JSON.stringify({ state, serverNow: new Date(state * 1_000).toISOString() });
        return new Promise((resolve) => setTimeout(() => resolve(new Response(answer)), 800));
      });
      return { asked, change: () => (state += 1), state: () => state };
    }

    function observe(queryClient: QueryClient) {
      const shown: number[] = [];
      const observer = new QueryObserver<{ state: number }>(queryClient, {
        queryKey: migrationKeys.detail("m"),
        queryFn: async ({ signal }) => (await fetch("/m", { signal })).json(),
        staleTime: Number.POSITIVE_INFINITY,
      });
      const end = observer.subscribe(({ data }) => {
        if (typeof data?.state === "number" && shown.at(-1) !== data.state) shown.push(data.state);
      });
      return { shown, end };
    }

    it("no reading is aborted, each answer is shown, and the last change too", async () => {
      const { queryClient, first, stop } = follow();
      const server = slowServer();
      const { shown, end } = observe(queryClient);
      for (let i = 0; i < 40; i += 1) {
        server.change();
        first.emit("changed", {});
        await vi.advanceTimersByTimeAsync(100);
      }
      expect(server.asked.every(({ aborted }) => !aborted)).toBe(true);
      expect(shown.length).toBeGreaterThanOrEqual(4);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(shown.at(-1)).toBe(server.state());
      const readings = server.asked.length;
      await vi.advanceTimersByTimeAsync(10_000);
      expect(server.asked.length).toBe(readings);
      end();
      stop();
    });

    it("a change heard of while somebody else reads is read after it", async () => {
      const { queryClient, first, stop } = follow();
      const server = slowServer();
      const { shown, end } = observe(queryClient);
      void queryClient.refetchQueries({ queryKey: migrationKeys.detail("m") });
      await vi.advanceTimersByTimeAsync(10);
      server.change();
      first.emit("changed", {});
      await vi.advanceTimersByTimeAsync(3_000);
      expect(server.asked.map(({ at, aborted }) => [at, aborted])).toEqual([
        [0, false],
        [1, false],
      ]);
      expect(shown.at(-1)).toBe(1);
      end();
      stop();
    });
  });

  it("a slow answer never replaces a newer one", () => {
    const { structuralSharing } = migrationQuery("m");
    if (typeof structuralSharing !== "function") throw new Error("migrations are compared by their time");
    const older = { serverNow: "2026-05-17T00:00:01.000Z", phase: "full" };
    const newer = { serverNow: "2026-05-17T00:00:02.000Z", phase: "rounds" };
    expect(structuralSharing(newer, older)).toBe(newer);
    expect(structuralSharing(older, newer)).toEqual(newer);
    expect(structuralSharing(undefined, older)).toEqual(older);
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
