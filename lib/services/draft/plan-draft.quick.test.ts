import { afterAll, beforeAll, expect, test } from "vitest";
import { OPENING_MS, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { PlanView } from "@/lib/contracts/plan";
import { NO_WISHES, type PlanWishes } from "@/lib/contracts/plan-wishes";
import { createDraft } from "./create-draft";
import { planDraft } from "./plan-draft";

let world: TestCtx;
beforeAll(async () => {
  world = await openQuickCtx();
}, OPENING_MS);
afterAll(() => world.close());

const GB = 1e9;

async function plan(draft: Partial<MigrationDraft> = {}, wishes: Partial<PlanWishes> = {}) {
  const { id } = await createDraft({
    ctx: world.as("operator"),
    input: {
      draft: { ...EMPTY_DRAFT, ...draft, plan: { ...NO_WISHES, databaseBytes: 100 * GB, ...wishes } },
    },
  });
  return PlanView.parse(await planDraft({ ctx: world.as("viewer"), input: { migrationId: id } }));
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

test("the guide's own example can be typed, and is planned as it stands", async () => {
  const at = (time: string) => `2026-06-14T${time}:00.000Z`;
  const known = (minutes: number, notBefore: string | null = null) => ({
    minutes,
    notBefore: notBefore === null ? null : at(notBefore),
  });
  const { parts, onlineAt, downtimeSeconds } = await plan(
    {},
    {
      startAt: at("00:00"),
      databaseBytes: 1_368 * GB,
      parts: {
        preflight: known(1),
        full_backup: known(60),
        full_upload: known(60, "02:00"),
        restore: known(19 * 60, "03:00"),
        log_backup: known(20, "22:00"),
        log_upload: known(10),
        log_import: known(0),
        rounds: known(0),
        stop_writes: known(0),
        last_log: known(4),
        open: known(1),
      },
    },
  );
  const find = (name: string) => parts.find(({ part }) => part === name);
  expect(find("full_backup")?.startAt.p50).toBe(at("00:01"));
  expect(find("restore")?.endAt.p90).toBe(at("22:00"));
  expect(onlineAt).toEqual({ p50: at("22:35"), p90: at("22:35") });
  expect(downtimeSeconds.p90).toBe(300);
});

test("no such draft, and none whose size nobody knows", async () => {
  const of = (migrationId: string) => planDraft({ ctx: world.ctx, input: { migrationId } });
  await expect(of("none")).rejects.toThrow("migration_not_found");
  const { id } = await createDraft({ ctx: world.as("operator"), input: { draft: EMPTY_DRAFT } });
  await expect(of(id)).rejects.toThrow("plan_needs_size");
});

test("Immediate Access: with writes stopped it is a downtime, without it everything written from the full on is lost", async () => {
  const stopped = await plan({ method: "immediate", writesStopped: true });
  expect(stopped.losesWrites).toBe(false);
  expect(stopped.parts.map(({ part }) => part)).toContain("stop_writes");
  expect(stopped.parts.find(({ part }) => part === "restore")?.downtime).toBe(true);
  const open = await plan({ method: "immediate" });
  expect(open.losesWrites).toBe(true);
  expect(open.parts.map(({ part }) => part)).not.toContain("stop_writes");
  expect(open.parts.every(({ downtime }) => !downtime)).toBe(true);
  // From the beginning of the full, which is the last that is kept, to the database online.
  expect(open.cutoverAt).toEqual(open.parts.find(({ part }) => part === "full_backup")?.startAt);
  const lost = Date.parse(open.onlineAt.p50) - Date.parse(open.cutoverAt.p50);
  expect(open.downtimeSeconds.p50 / (lost / 1_000)).toBeCloseTo(1, 1);
  expect((await plan()).losesWrites).toBe(false);
});
