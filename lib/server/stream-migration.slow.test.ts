import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hashToken } from "@/lib/auth/token";
import type { Ctx } from "@/lib/context/context";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { endSession } from "@/lib/services/people/sessions";
import { streamMigration } from "./stream-migration";

let world: TestCtx;

beforeEach(async () => {
  world = await openTestCtx();
  return () => world.close();
}, OPENING_MS);
afterEach(() => vi.useRealTimers());

test("a live page ends with the session that it is open in", async () => {
  const { db } = world.ctx;
  const now = world.clock.at;
  await db.person.create({ data: { id: "ann", name: "ann", role: "viewer" } });
  await db.session.create({
    data: {
      ...{ id: "s", tokenHash: hashToken("t"), personId: "ann", createdAt: now, seenAt: now, provedAt: now },
      ...{ byLink: false, address: "", userAgent: "" },
    },
  });
  await db.migration.create({
    data: { id: "m", name: "m", status: "running", phase: "full", draft: {}, createdBy: "ann" },
  });
  const ctx: Ctx = {
    ...world.ctx,
    actor: { kind: "person", id: "ann", name: "ann", role: "viewer", sessionId: "s" },
  };
  const stop = new AbortController();
  const request = new Request("http://127.0.0.1/api/migrations/m/stream", { signal: stop.signal });
  const answer = await streamMigration(ctx, "m", request);
  const reader = answer.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("open");
  await endSession({ ctx: world.ctx, input: { sessionId: "s" } });
  // To its end, which comes by itself.
  while (!(await reader?.read())?.done);
  expect(world.log).toEqual([]);
  stop.abort();
});
