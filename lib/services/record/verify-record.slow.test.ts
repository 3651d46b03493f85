import { afterAll, beforeAll, expect, test } from "vitest";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { MigrationRecord } from "@/lib/contracts/migration-record";
import { appendEvents } from "@/lib/store/append-events";
import { digestOf } from "@/lib/store/event-chain";
import { createDraft } from "../draft/create-draft";
import { readRecord } from "./read-record";
import { verifyRecord } from "./verify-record";

let world: TestCtx;
let record: MigrationRecord;

/** As a file: written and read again. */
const copy = (): MigrationRecord => MigrationRecord.parse(JSON.parse(JSON.stringify(record)));
/** Changed by somebody who knows about the digest. */
const forge = (change: (made: MigrationRecord) => void): MigrationRecord => {
  const made = copy();
  change(made);
  const { digest: _, ...rest } = made;
  return { ...made, digest: digestOf(rest) };
};
const kinds = (made: MigrationRecord, head?: string) =>
  verifyRecord(made, head).problems.map(({ kind, seq }) => `${kind} ${seq}`);

beforeAll(async () => {
  world = await openTestCtx();
  const { id } = await createDraft({ ctx: world.as("operator"), input: {} });
  const { ctx } = world;
  for (const bytesPerSecond of [10, 20, 1e21]) {
    await appendEvents(ctx.db, {
      migrationId: id,
      actor: "操作员",
      at: ctx.now(),
      events: [
        { type: "upload_limited", payload: { limitBytes: bytesPerSecond } },
        { type: "upload_limited", payload: { limitBytes: 0 } },
      ],
    });
  }
  record = await readRecord({ ctx: world.as("viewer"), input: { migrationId: id } });
}, OPENING_MS);
afterAll(() => world.close());

test("a record as it was written is whole, read back from its file", () => {
  const verdict = verifyRecord(copy());
  expect(verdict).toMatchObject({ ok: true, problems: [], covered: record.events.length });
  expect(record.events.length).toBeGreaterThanOrEqual(6);
  expect(verdict.head?.hash).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  ["payload", { limitBytes: 11 }],
  ["actor", "somebody else"],
  ["at", "2026-05-04T10:00:00.001Z"],
  ["type", "upload_paused"],
])("an edited %s is found, at its place", (field, value) => {
  const made = forge(({ events }) => {
    Object.assign(events[2] ?? {}, { [field]: value });
  });
  expect(kinds(made)).toEqual(["edited 3"]);
});

test("a removed fact is found: the first, one within, the last", () => {
  expect(kinds(forge(({ events }) => void events.splice(0, 1)))).toEqual(["removed 2"]);
  expect(kinds(forge(({ events }) => void events.splice(2, 1)))).toEqual(["removed 4"]);
  expect(kinds(forge(({ events }) => void events.pop()))).toEqual([`truncated ${record.events.length - 1}`]);
});

test("a removed fact whose place the others close up to is found", () => {
  const made = forge(({ events }) => {
    events.splice(2, 1);
    for (const [index, event] of events.entries()) event.seq = index + 1;
  });
  expect(kinds(made)[0]).toBe("edited 3");
});

test("a hash that was taken away is found", () => {
  const made = forge(({ events }) => {
    Object.assign(events[3] ?? {}, { hash: null });
  });
  expect(kinds(made)).toContain("edited 4");
});

test("what is not a fact is covered by the digest", () => {
  const made = copy();
  Object.assign(made.migration, { targetDatabase: "Other" });
  expect(kinds(made)).toEqual(["record_edited null"]);
});

test("the head of an earlier report must be among the facts", () => {
  const earlier = record.events[3]?.hash ?? "";
  expect(kinds(copy(), earlier)).toEqual([]);
  expect(kinds(copy(), "0".repeat(64))).toEqual(["other_head null"]);
});

test("facts from before there were hashes are not covered, and said so", () => {
  const made = forge(({ events, head }) => {
    for (const event of events) event.hash = null;
    if (head) head.hash = null;
  });
  expect(verifyRecord(made)).toMatchObject({ ok: true, covered: 0 });
});
