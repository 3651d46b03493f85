import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { openTestStore } from "./open-test-store";
import { unreadableIn } from "./read-column";
import type { Store } from "./store";
import { readAlarm, readFile, readMigration, readStep } from "./typed-rows";

let store: Store;

beforeEach(async () => {
  store = await openTestStore();
  await store.db.migration.create({
    data: { id: "m", name: "m", status: "running", phase: "full", draft: EMPTY_DRAFT, createdBy: "t" },
  });
});
afterEach(() => store.close());

function thrownBy(read: () => unknown): unknown {
  try {
    read();
  } catch (error) {
    return unreadableIn(error);
  }
  return null;
}

describe("what a rule reads", () => {
  test.each([
    ["status", { status: "of a later version" }],
    ["phase", { phase: "of a later version" }],
    ["method", { method: "of a later version" }],
    ["schedule", { schedule: { mode: "of a later version" } }],
    ["cutover", { cutover: {} }],
    ["draft", { draft: { transport: "of a later version" } }],
  ])("%s that is not known is not taken for another", async (column, data) => {
    const row = await store.db.migration.update({ where: { id: "m" }, data });
    expect(thrownBy(() => readMigration(row))).toEqual({ table: "Migration", id: "m", column });
  });

  test("a draft of an earlier version gets the fields that came since", async () => {
    const row = await store.db.migration.update({ where: { id: "m" }, data: { draft: {} } });
    expect(readMigration(row).draft).toEqual(EMPTY_DRAFT);
  });

  test("a step of an unknown kind is named", async () => {
    const row = await store.db.migrationStep.create({
      data: { ...STEP, kind: "of_a_later_version" },
    });
    expect(thrownBy(() => readStep(row))).toEqual({ table: "MigrationStep", id: "s", column: "kind" });
  });
});

const STEP = {
  id: "s",
  migrationId: "m",
  key: "upload:1",
  kind: "upload",
  nature: "resumable",
  status: "failed",
  ordinal: 1,
  input: {},
};

describe("what is only shown", () => {
  test("a reason that can't be read is said to be unreadable, a gauge is left out", async () => {
    const row = await store.db.migrationStep.create({
      data: { ...STEP, error: { message: "of an earlier version" }, progress: "half" },
    });
    const step = readStep(row);
    expect(step.error).toMatchObject({
      reason: "stored_value_unreadable",
      params: { table: "MigrationStep", id: "s", column: "error" },
    });
    expect(step.progress).toBeNull();
  });

  test("a verdict of a kind that is not known leaves its file readable", async () => {
    const row = await store.db.backupFile.create({
      data: {
        id: "f",
        migrationId: "m",
        name: "a.trn",
        objectKey: "a.trn",
        state: "refused",
        verdict: { kind: "of-a-later-version", fromLsn: null, toLsn: null, message: "m" },
      },
    });
    expect(readFile(row)).toMatchObject({ state: "refused", verdict: null });
  });

  test("evidence that can't be read leaves the alarm", async () => {
    const now = new Date();
    const row = await store.db.driftAlarm.create({
      data: {
        id: "a",
        migrationId: "m",
        kind: "foreign_log",
        evidence: [{ deep: {} }],
        raisedAt: now,
        lastSeenAt: now,
        fingerprint: "k",
      },
    });
    expect(readAlarm(row)).toMatchObject({ kind: "foreign_log", evidence: {} });
  });
});
