import { afterEach, beforeEach, expect, test } from "vitest";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { claimStep, heartbeatStep, listClaimable } from "./claim-step";
import { listGlanced, moveDue } from "./glanced-steps";
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

const AGO = (ms: number) => new Date(NOW.getTime() - ms);

test("a poll is left to glances until it is overdue, and never where a cutover or a failure waits for it", async () => {
  const { db } = store;
  await db.migrationStep.update({ where: { id: "s" }, data: { status: "succeeded" } });
  const step = { kind: "await_import", nature: "repeatable", status: "waiting_external", input: {} };
  const cutover = { requestedAt: NOW.toISOString() };
  const migration = { name: "m", status: "running", phase: "logs", draft: EMPTY_DRAFT, createdBy: "t" };
  await db.migration.createMany({
    data: [
      { ...migration, id: "cut", cutover },
      { ...migration, id: "stopped", writesStoppedAt: NOW },
    ],
  });
  await db.connection.create({
    data: { id: "c", kind: "cloud_account", name: "c", config: {}, secretSealed: "" },
  });
  await db.migration.updateMany({ data: { cloudConnectionId: "c", instanceId: "rm-1" } });
  const due = { ...step, dueAt: AGO(1_000) };
  await db.migrationStep.createMany({
    data: [
      { ...due, id: "quiet", migrationId: "m", key: "1", ordinal: 2 },
      { ...due, id: "overdue", migrationId: "m", key: "2", ordinal: 3, dueAt: AGO(3_001) },
      { ...due, id: "failed", migrationId: "m", key: "3", ordinal: 4, error: { reason: "rds_throttled" } },
      { ...due, id: "other", migrationId: "m", key: "4", ordinal: 5, kind: "await_open" },
      { ...due, id: "cut", migrationId: "cut", key: "1", ordinal: 1 },
      { ...due, id: "stopped", migrationId: "stopped", key: "1", ordinal: 1 },
    ],
  });
  const glanced = { kinds: ["await_import"], forMs: 3_000 };
  const ids = (steps: readonly { id: string }[]) => steps.map(({ id }) => id).sort();
  const { kinds } = glanced;
  expect(ids(await listGlanced(db, { kinds, now: NOW, limit: 9 }))).toEqual(["overdue", "quiet"]);
  expect(ids(await listClaimable(db, { now: NOW, limit: 9, glanced }))).toEqual([
    "cut",
    "failed",
    "other",
    "overdue",
    "stopped",
  ]);
  expect(ids(await listClaimable(db, { now: NOW, limit: 9 }))).toHaveLength(6);
});

test("a look is put off only where nobody has come between", async () => {
  const { db } = store;
  const [dueAt, nextAt] = [AGO(500), new Date(NOW.getTime() + 45_000)];
  const moveFrom = async (data: object, at = dueAt) => {
    const fresh = { status: "waiting_external", dueAt, claimedBy: null };
    await db.migrationStep.update({ where: { id: "s" }, data: { ...fresh, ...data } });
    return moveDue(db, [
      { id: "gone", dueAt, nextAt },
      { id: "s", dueAt: at, nextAt },
    ]);
  };
  expect(await moveFrom({})).toBe(1);
  expect(await db.migrationStep.findUnique({ where: { id: "s" } })).toMatchObject({ dueAt: nextAt });
  expect(await moveFrom({ dueAt: null })).toBe(0);
  expect(await moveFrom({ dueAt: NOW })).toBe(0);
  expect(await moveFrom({ claimedBy: "a" })).toBe(0);
  expect(await moveFrom({ status: "succeeded" })).toBe(0);
  await db.migration.update({ where: { id: "m" }, data: { writesStoppedAt: NOW } });
  expect(await moveFrom({})).toBe(0);
});
