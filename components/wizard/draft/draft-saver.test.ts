import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { DraftSaver } from "./draft-saver";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const named = (targetDatabase: string): MigrationDraft => ({ ...EMPTY_DRAFT, targetDatabase });

/** A server whose answers the test gives one by one. */
function slowServer() {
  const calls: { draft: MigrationDraft; answer: () => void; refuse: (error: Error) => void }[] = [];
  const save = (draft: MigrationDraft) =>
    new Promise<void>((answer, refuse) => {
      calls.push({ draft, answer, refuse });
    });
  return { calls, saver: new DraftSaver(EMPTY_DRAFT, save, { pauseMs: 600, now: () => 42 }) };
}

test("saves once after a pause, with the newest draft", async () => {
  const { calls, saver } = slowServer();
  saver.change(named("S"));
  saver.change(named("Sa"));
  await vi.advanceTimersByTimeAsync(599);
  expect(calls).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(calls.map(({ draft }) => draft.targetDatabase)).toEqual(["Sa"]);
  expect(saver.state.kind).toBe("saving");
  calls[0]?.answer();
  await vi.advanceTimersByTimeAsync(0);
  expect(saver.state).toEqual({ kind: "saved", at: 42 });
});

test("never two at a time: what changed meanwhile is saved next", async () => {
  const { calls, saver } = slowServer();
  saver.change(named("A"));
  await vi.advanceTimersByTimeAsync(600);
  saver.change(named("B"));
  await vi.advanceTimersByTimeAsync(600);
  expect(calls).toHaveLength(1);
  calls[0]?.answer();
  await vi.advanceTimersByTimeAsync(0);
  expect(calls.map(({ draft }) => draft.targetDatabase)).toEqual(["A", "B"]);
  expect(saver.savedDraft.targetDatabase).toBe("A");
  calls[1]?.answer();
  await vi.advanceTimersByTimeAsync(0);
  expect(saver.isDirty).toBe(false);
});

test("flush waits for the server, and rejects when it refuses; the draft stays", async () => {
  const { calls, saver } = slowServer();
  saver.change(named("A"));
  const flushed = saver.flush();
  calls[0]?.refuse(new Error("no"));
  await expect(flushed).rejects.toThrow("no");
  expect(saver.state.kind).toBe("failed");
  expect(saver.draft.targetDatabase).toBe("A");
  const again = saver.flush();
  calls[1]?.answer();
  await again;
  expect(saver.isDirty).toBe(false);
});

test("flush without a change saves nothing unless forced", async () => {
  const { calls, saver } = slowServer();
  await saver.flush();
  expect(calls).toHaveLength(0);
  const forced = saver.flush({ force: true });
  calls[0]?.answer();
  await forced;
  expect(calls).toHaveLength(1);
});

test("another browser's draft is taken only when nothing here waits", () => {
  const { saver } = slowServer();
  saver.adopt(named("theirs"));
  expect(saver.draft.targetDatabase).toBe("theirs");
  saver.change(named("mine"));
  saver.adopt(named("theirs again"));
  expect(saver.draft.targetDatabase).toBe("mine");
});
