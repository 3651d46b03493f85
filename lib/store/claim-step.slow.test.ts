import { afterEach, beforeEach, expect, test } from "vitest";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { claimStep, heartbeatStep, listClaimable } from "./claim-step";
import { openTestStore } from "./open-test-store";
import type { Store } from "./store";

const NOW = new Date("2026-05-04T10:00:00Z");
let store: Store;

beforeEach(async () => {
  store = await openTestStore();
  const { db } = store;
  await db.migration.create({
    data: { id: "m", name: "m", status: "running", phase: "full", draft: EMPTY_DRAFT, createdBy: "t" },
  });
  await db.migrationStep.create({
    data: {
      id: "s",
      migrationId: "m",
      key: "k",
      kind: "upload",
      nature: "resumable",
      status: "queued",
      ordinal: 1,
      input: {},
    },
  });
});

afterEach(() => store.close());

test.each([-3600_000, 0, 3600_000])(
  "a worker whose clock is off by %i ms takes no living claim",
  async (off) => {
    const { db } = store;
    const skewed = new Date(NOW.getTime() + off);
    expect(await claimStep(db, { stepId: "s", claim: "a", now: NOW })).not.toBeNull();
    expect(await claimStep(db, { stepId: "s", claim: "b", now: skewed })).toBeNull();
    expect(await listClaimable(db, { now: NOW, limit: 10 })).toEqual([]);
    expect(await heartbeatStep(db, { stepId: "s", claim: "a" })).toBe(true);
  },
);

test("a claim without a heartbeat for 20 seconds goes to another worker, and its old owner learns it", async () => {
  const { db } = store;
  await claimStep(db, { stepId: "s", claim: "a", now: NOW });
  await db.migrationStep.update({ where: { id: "s" }, data: { heartbeatAt: new Date(Date.now() - 21_000) } });
  expect(await listClaimable(db, { now: NOW, limit: 10 })).toEqual([expect.objectContaining({ id: "s" })]);
  expect(await claimStep(db, { stepId: "s", claim: "b", now: NOW })).toMatchObject({ reclaims: 1 });
  expect(await heartbeatStep(db, { stepId: "s", claim: "a" })).toBe(false);
});

test("what is not due yet is listed behind what is, with its time, and is not claimed before it", async () => {
  const { db } = store;
  const step = { migrationId: "m", kind: "await_import", nature: "resumable", ordinal: 2, input: {} };
  const dueAt = new Date(NOW.getTime() + 150);
  await db.migrationStep.create({
    data: { ...step, id: "later", key: "later", status: "waiting_external", dueAt },
  });
  expect(await listClaimable(db, { now: NOW, limit: 10 })).toEqual([
    { id: "s", kind: "upload", dueAt: null },
    { id: "later", kind: "await_import", dueAt },
  ]);
  expect(await claimStep(db, { stepId: "later", claim: "a", now: NOW })).toBeNull();
  expect(await claimStep(db, { stepId: "later", claim: "a", now: dueAt })).not.toBeNull();
});

test("a pile of uploads keeps neither polls nor a cutover off the list", async () => {
  const { db } = store;
  await db.migration.create({
    data: {
      id: "cut",
      name: "cut",
      status: "running",
      phase: "cutover",
      draft: EMPTY_DRAFT,
      cutover: { requestedAt: NOW.toISOString() },
      createdBy: "t",
    },
  });
  const step = { nature: "repeatable", status: "queued", input: {} };
  const uploads = Array.from({ length: 54 }, (_, index) => ({
    ...step,
    id: `upload-${index}`,
    migrationId: "m",
    key: `upload:${index}`,
    kind: "upload",
    ordinal: index + 2,
  }));
  const overdue = { ...step, dueAt: new Date(NOW.getTime() - 1_000), ordinal: 99 };
  await db.migrationStep.createMany({
    data: [
      ...uploads,
      { ...overdue, id: "poll", migrationId: "m", key: "await_import:1", kind: "await_import" },
      { ...overdue, id: "tail", migrationId: "cut", key: "backup:9", kind: "backup" },
      { ...overdue, ordinal: 100, id: "last", migrationId: "cut", key: "upload:99", kind: "upload" },
    ],
  });
  const listed = await listClaimable(db, { now: NOW, limit: 5 });
  expect(listed.map(({ id }) => id)).toEqual(["tail", "last", "poll", "s", "upload-0"]);
});

test.each(["unknown", "succeeded", "failed"])("a step that is %s is nobody's to take", async (status) => {
  const { db } = store;
  await db.migrationStep.update({ where: { id: "s" }, data: { status } });
  expect(await listClaimable(db, { now: NOW, limit: 10 })).toEqual([]);
  expect(await claimStep(db, { stepId: "s", claim: "a", now: NOW })).toBeNull();
});

test("a cancelled migration's steps are not taken", async () => {
  const { db } = store;
  await db.migration.update({ where: { id: "m" }, data: { status: "cancelled" } });
  expect(await listClaimable(db, { now: NOW, limit: 10 })).toEqual([]);
  expect(await claimStep(db, { stepId: "s", claim: "a", now: NOW })).toBeNull();
});

test("a heartbeat brings the gauge along; one without leaves the last", async () => {
  const { db } = store;
  await claimStep(db, { stepId: "s", claim: "a", now: NOW });
  const gauge = { doneBytes: 5, totalBytes: null };
  await heartbeatStep(db, { stepId: "s", claim: "a", progress: gauge });
  await heartbeatStep(db, { stepId: "s", claim: "a" });
  expect((await db.migrationStep.findUniqueOrThrow({ where: { id: "s" } })).progress).toEqual(gauge);
});
