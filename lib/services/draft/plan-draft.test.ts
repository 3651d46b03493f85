import { afterAll, beforeAll, expect, test } from "vitest";
import { OPENING_MS, openTestCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { PlanView } from "@/lib/contracts/plan";
import { createDraft } from "./create-draft";
import { type PlanWishes, planDraft } from "./plan-draft";

let world: TestCtx;
beforeAll(async () => {
  world = await openTestCtx();
}, OPENING_MS);
afterAll(() => world.close());

async function plan(draft: Partial<MigrationDraft> = {}, wishes: Partial<PlanWishes> = {}) {
  const { id } = await createDraft({
    ctx: world.as("operator"),
    input: { draft: { ...EMPTY_DRAFT, ...draft } },
  });
  const input = {
    migrationId: id,
    databaseBytes: 100e9,
    startAt: null,
    cutoverAt: null,
    rates: {},
    ...wishes,
  };
  return PlanView.parse(await planDraft({ ctx: world.as("viewer"), input }));
}

test("from now, when nothing is wished", async () => {
  const { startAt, wanted, parts, onlineAt } = await plan();
  expect(startAt).toBe("2026-05-04T10:00:00.000Z");
  expect(wanted).toBeNull();
  expect(parts[0]?.startAt.p50).toBe(startAt);
  expect(Date.parse(onlineAt.p90)).toBeGreaterThan(Date.parse(onlineAt.p50));
});

test("backwards from a wanted cutover: from the start that meets it nine times of ten", async () => {
  const cutoverAt = "2026-05-09T18:00:00.000Z";
  const { startAt, wanted, cutoverAt: planned } = await plan({}, { cutoverAt });
  expect(wanted).toMatchObject({ cutoverAt, safeStartAt: startAt });
  expect(Math.abs(Date.parse(planned.p90) - Date.parse(cutoverAt))).toBeLessThan(10);
  expect(Date.parse(wanted?.likelyStartAt ?? "")).toBeGreaterThan(Date.parse(startAt));
});

test("a full that lies in the bucket is neither taken nor sent", async () => {
  const { parts } = await plan({ firstObjectKey: "erp/full.bak" });
  const seconds = (name: string) => parts.find(({ part }) => part === name)?.seconds.p90;
  expect([seconds("full_backup"), seconds("full_upload")]).toEqual([0, 0]);
  expect(seconds("restore")).toBeGreaterThan(0);
});

test("a rate that somebody knows better counts", async () => {
  const { parts } = await plan({}, { rates: { restore: 10e6 } });
  const restore = parts.find(({ part }) => part === "restore");
  expect(restore?.basis).toBe("typed");
  expect((restore?.seconds.p50 ?? 0) / 10_000).toBeCloseTo(1, 1);
});

test("no such draft", async () => {
  const input = { migrationId: "none", databaseBytes: 1, startAt: null, cutoverAt: null, rates: {} };
  await expect(planDraft({ ctx: world.ctx, input })).rejects.toThrow("migration_not_found");
});
