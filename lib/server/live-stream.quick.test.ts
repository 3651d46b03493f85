import { expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { openQuickCtx } from "@/lib/context/open-test-ctx";
import { liveStream } from "./live-stream";
import { StreamBeat } from "./stream-beat";

test("one person keeps so many live pages open and no more; what is closed makes room", async () => {
  const world = await openQuickCtx();
  const ctxOf = (id: string): Ctx => ({
    ...world.ctx,
    system: { ...world.ctx.system, signIn: "required" },
    actor: { kind: "person", id, name: id, role: "viewer", sessionId: id },
  });
  const stops: AbortController[] = [];
  const beat = new StreamBeat({ pollMs: 60_000, look: () => Promise.resolve(new Map()) });
  const open = (id: string): Response => {
    const stop = new AbortController();
    stops.push(stop);
    return liveStream(ctxOf(id), new Request("http://127.0.0.1/api/x/stream", { signal: stop.signal }), {
      beat,
      id: "m",
      first: { version: 1, lastSeq: 0, gauges: "" },
      eventsAfter: () => Promise.resolve([]),
      about: {},
    });
  };
  for (let page = 0; page < 300; page += 1) open("ann");
  expect(() => open("ann")).toThrow(
    expect.objectContaining({ fields: expect.objectContaining({ reason: "too_many_streams" }) }),
  );
  open("ben");
  stops[0]?.abort();
  await expect.poll(() => open("ann").status).toBe(200);
  for (const stop of stops) stop.abort();
  await world.close();
});
