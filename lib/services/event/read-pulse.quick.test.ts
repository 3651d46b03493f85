import { afterAll, beforeAll, expect, test } from "vitest";
import { OPENING_MS, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { appendEvents } from "@/lib/store/append-events";
import { readMissedEvents, readPulse } from "./read-pulse";

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
  expect(asked).toEqual(["migration.findMany", "migrationStep.findMany"]);
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
