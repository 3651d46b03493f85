import { afterAll, beforeAll, expect, test } from "vitest";
import { OPENING_MS, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { appendEvents } from "@/lib/store/append-events";
import { readGauges } from "./read-gauges";
import { readMissedEvents, readPulse, readPulses } from "./read-pulse";

let world: TestCtx;
const asked: string[] = [];

beforeAll(async () => {
  world = await openQuickCtx();
  const { db } = world.ctx;
  for (const id of ["m1", "m2"])
    await db.migration.create({
      data: { id, name: id, status: "running", phase: "full", draft: EMPTY_DRAFT, createdBy: "test" },
    });
  await append(3);
}, OPENING_MS);
afterAll(() => world.close());

async function append(events: number): Promise<void> {
  await world.ctx.db.$transaction((tx) =>
    appendEvents(tx, {
      migrationId: "m1",
      actor: "test",
      at: world.ctx.now(),
      events: Array.from({ length: events }, () => ({ type: "check_succeeded", payload: {} })),
    }),
  );
}

/** The same context, of whose store each call is told. */
function counted(): TestCtx["ctx"] {
  asked.length = 0;
  const db = new Proxy(world.ctx.db, {
    get(store, table) {
      const rows: unknown = Reflect.get(store, table, store);
      if (typeof rows === "function")
        return (...words: unknown[]): unknown => {
          asked.push(String(table));
          return Reflect.apply(rows, store, words);
        };
      if (typeof rows !== "object" || rows === null) return rows;
      return new Proxy(rows, {
        get(target, method) {
          const call: unknown = Reflect.get(target, method, target);
          if (typeof call !== "function") return call;
          return (...words: unknown[]): unknown => {
            asked.push(`${String(table)}.${String(method)}`);
            return Reflect.apply(call, target, words);
          };
        },
      });
    },
  });
  return { ...world.ctx, db };
}

test("five hundred pages of two migrations are one look, and an event is read once for all who have not seen it", async () => {
  const ctx = counted();
  const pages = Array.from({ length: 500 }, (_, n) => `m${(n % 2) + 1}`);
  const pulses = await Promise.all(pages.map((migrationId) => readPulse({ ctx, input: { migrationId } })));
  expect(asked).toEqual(["$queryRaw"]);
  const { lastSeq } = pulses[0] ?? { lastSeq: 0 };
  const input = { migrationId: "m1", after: lastSeq - 1, upTo: lastSeq };
  asked.length = 0;
  const read = await Promise.all(pages.map(() => readMissedEvents({ ctx, input })));
  expect(asked).toEqual(["migrationEvent.findMany"]);
  expect(new Set(read.map((events) => events.map(({ seq }) => seq).join()))).toEqual(
    new Set([String(lastSeq)]),
  );
  // Who knows less, or has seen that there is more, is not answered by it.
  await readMissedEvents({ ctx, input: { ...input, after: 0 } });
  await append(1);
  const later = await readMissedEvents({ ctx, input: { ...input, upTo: lastSeq + 1 } });
  expect(later.map(({ seq }) => seq)).toEqual([lastSeq, lastSeq + 1]);
  expect(asked).toHaveLength(3);
});

test("one look tells of each by itself: gauges of what is under way, and who is gone", async () => {
  const ctx = counted();
  const { db, now } = world.ctx;
  const step = {
    migrationId: "m2",
    kind: "upload",
    nature: "resumable",
    status: "running",
    ordinal: 1,
    input: {},
  };
  const progress = { doneBytes: 5 };
  for (const [key, of] of Object.entries({
    over: { startedAt: now(), finishedAt: now(), progress },
    "under way": { startedAt: now(), progress },
    "no gauge": { startedAt: now(), progress: "all of it" },
    silent: { startedAt: now() },
  }))
    await db.migrationStep.create({ data: { ...step, id: key, key, ...of } });
  asked.length = 0;
  const pulses = await readPulses({ ctx, input: { migrationIds: ["m1", "m2", "m3"] } });
  expect(asked).toEqual(["$queryRaw"]);
  expect(pulses.get("m1")).toMatchObject({ gauges: "" });
  expect(pulses.get("m3")).toMatchObject({ fields: { reason: "migration_not_found" } });
  const pulse = pulses.get("m2");
  const gauges = pulse === undefined || pulse instanceof Error ? "" : pulse.gauges;
  expect(readGauges(gauges)).toEqual([
    { id: "under way", progress: { doneBytes: 5, totalBytes: null, percent: null, bytesPerSecond: null } },
  ]);
});
