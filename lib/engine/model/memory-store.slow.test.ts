import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OPENING_MS } from "@/lib/context/open-test-ctx";
import { openMemoryStore } from "@/lib/store/memory/memory-client-fixture";
import { openTestStore } from "@/lib/store/open-test-store";
import { ask } from "./model-commands-fixture";
import { type ModelStore, ModelWorld } from "./model-world-fixture";

/** A run with a lost answer, a cutover and the way back, and all that it left in the store. */
async function play(store: ModelStore, clock: { at: Date }, folder: string) {
  const world = await ModelWorld.open("app", store, clock, folder);
  try {
    world.rds.fault = "lost_after";
    await world.drive(22);
    await ask(world, "cutover");
    await world.drive(4);
    await ask(world, "go_back");
    await world.drive(2);
    const { db } = world;
    const { targetLsn, status, phase, cutover, custody, nextSeq, version } = await world.rows();
    const steps = await db.migrationStep.findMany({ orderBy: { ordinal: "asc" } });
    const files = await db.backupFile.findMany({ orderBy: { createdAt: "asc" } });
    const calls = await db.onceCall.findMany({ orderBy: { intendedAt: "asc" } });
    const events = await db.migrationEvent.findMany({ orderBy: { seq: "asc" } });
    const tasks = await db.importTask.findMany({});
    return {
      migration: { targetLsn, status, phase, cutover, custody, nextSeq, version },
      steps: steps.map(({ heartbeatAt: _, createdAt: __, progress: ___, result, kind, ...step }) => ({
        ...step,
        kind,
        // How long an upload really took is no part of the run.
        result: kind === "upload" ? null : result,
        checkpoint: kind === "upload" ? null : step.checkpoint,
      })),
      files: files.map(({ name, state, etag, firstLsn, lastLsn, tail, final, header }) => ({
        name,
        state,
        etag,
        firstLsn,
        lastLsn,
        tail,
        final,
        header,
      })),
      calls,
      events: events.map(({ type, seq }) => ({ type, seq })),
      tasks: tasks.map(({ rdsTaskId, status: stands, files: listed }) => ({ rdsTaskId, stands, listed })),
    };
  } finally {
    await world.close();
  }
}

test(
  "the store in memory, on which thousands of runs are played, leaves what the embedded store leaves",
  async () => {
    const begin = () => ({ at: new Date("2026-05-04T10:00:00.000Z") });
    const clock = begin();
    const folder = mkdtempSync(join(tmpdir(), "chainferry-model-"));
    const memory = openMemoryStore(() => clock.at);
    const inMemory = await play(memory.client, clock, folder);
    const store = await openTestStore();
    const embedded = await play(() => store.db, begin(), folder);
    await store.close();
    const told = inMemory.events.map(({ type }) => type);
    expect(told).toEqual(expect.arrayContaining(["import_found", "writes_stopped", "went_back"]));
    expect(inMemory).toEqual(embedded);
  },
  2 * OPENING_MS,
);
