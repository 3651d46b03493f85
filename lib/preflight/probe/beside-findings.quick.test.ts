import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { OPENING_MS, only, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import type { BesideOnInstance } from "@/lib/preflight/world/read-beside";
import type { RdsAccount, RdsInstanceDetail } from "@/lib/rds/rds-account";
import type { SourceDatabase } from "@/lib/sqlserver/source-server";
import { budgetFinding } from "./budget-finding";
import { spaceFinding } from "./space-finding";

const GB = 1024 ** 3;

let world: TestCtx;
beforeAll(async () => (await openQuickCtx()).close(), 2 * OPENING_MS);
beforeEach(async () => {
  world = await openQuickCtx();
});
afterEach(() => world.close());

/** An instance of 200 GB and a database of 40, beside others. */
function worldBeside(beside: Partial<BesideOnInstance>): ProbeWorld {
  return only<ProbeWorld>({
    ctx: world.ctx,
    draft: { ...EMPTY_DRAFT, sourceConnectionId: "s", sourceDatabase: "Shop" },
    instance: async () => only<RdsInstanceDetail>({ storageBytes: 200 * GB }),
    usage: async () => ({ diskUsedBytes: 0, dataBytes: null, logBytes: null }),
    database: async () => only<SourceDatabase>({ dataBytes: 40 * GB, logBytes: 0 }),
    rds: async () => only<RdsAccount>({ listTasks: async () => [] }),
    beside: async () => ({ count: 0, bytes: 0, imports: 0, ...beside }),
  });
}

describe("space", () => {
  test("that others on their way there still take is not free, and a warning of its own", async () => {
    expect(await spaceFinding(worldBeside({ count: 2, bytes: 160 * GB }))).toMatchObject({
      verdict: "warn",
      gist: "beside",
      params: { beside: 2, besideBytes: 160 * GB },
    });
    const room = await spaceFinding(worldBeside({ count: 2, bytes: 159 * GB }));
    expect(room).toMatchObject({ verdict: "pass", params: { beside: 0, besideBytes: 0 } });
    expect(room.answer).toContain("by 2 other migrations");
  });
});

describe("imports of today", () => {
  const found = (kept: number) =>
    budgetFinding(worldBeside({ count: kept / 4, imports: kept }), "rm-1", "Shop");

  test("that are kept for others are not left", async () => {
    expect(await found(496)).toMatchObject({ verdict: "pass", params: { kept: 0 } });
    expect(await found(500)).toMatchObject({ verdict: "warn", gist: "few", params: { kept: 500 } });
  });
});
