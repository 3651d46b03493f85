import { afterEach, beforeEach, expect, test } from "vitest";
import { OPENING_MS, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { FIRST_SETTINGS } from "@/lib/contracts/product-settings";
import { forgetOld } from "./forget-old";
import { getProductSettings, saveProductSettings } from "./product-settings";

let w: TestCtx;
beforeEach(async () => {
  w = await openQuickCtx();
}, OPENING_MS);
afterEach(() => w.close());

const ago = (days: number) => new Date(w.clock.at.getTime() - days * 86_400_000);

async function fill(days: number): Promise<void> {
  const { db } = w.ctx;
  const at = ago(days);
  for (const status of ["succeeded", "running"]) {
    const id = `${status}-${days}`;
    await db.migration.create({
      data: {
        ...{ id, name: id, status, phase: "online", draft: EMPTY_DRAFT, createdBy: "t" },
        finishedAt: status === "succeeded" ? at : null,
      },
    });
    const step = { migrationId: id, nature: "resumable", status: "succeeded", input: {}, finishedAt: at };
    await db.migrationStep.createMany({
      data: (["upload", "await_import"] as const).map((kind, ordinal) => ({
        ...{ ...step, id: `${id}-${kind}`, key: kind, kind, ordinal },
        ...{ progress: { percent: 100 }, checkpoint: { kept: true } },
      })),
    });
    await db.notice.create({
      data: {
        ...{ id: `${id}-n`, channelId: "c", migrationId: id, kind: "online", at, dueAt: at, attempts: 1 },
        state: status === "succeeded" ? "sent" : "waiting",
      },
    });
  }
  const task = {
    connectionId: "c",
    instanceId: "rm-1",
    method: "immediate",
    providerStatus: "",
    description: "",
  };
  await db.importTask.createMany({
    data: [
      { ...task, rdsTaskId: `theirs-${days}`, databaseName: "a", status: "succeeded", lastSeenAt: at },
      {
        ...task,
        rdsTaskId: `waits-${days}`,
        databaseName: "a",
        status: "waiting_for_backup",
        lastSeenAt: at,
      },
      {
        ...task,
        ...{ rdsTaskId: `ours-${days}`, databaseName: "a", status: "succeeded", lastSeenAt: at },
        migrationId: `succeeded-${days}`,
      },
    ],
  });
}

test("nothing is forgotten until somebody says so", async () => {
  await fill(4_000);
  expect(await forgetOld({ ctx: w.as("operator") })).toEqual({ records: 0, progress: 0, deliveries: 0 });
  expect(await w.ctx.db.importTask.count()).toBe(3);
});

test("what is older than is kept goes, and nothing of a migration’s record", async () => {
  await fill(89);
  await fill(91);
  const retention = { recordDays: 90, progressDays: 90, deliveryDays: 90 };
  await saveProductSettings({ ctx: w.ctx, input: { ...FIRST_SETTINGS, retention } });
  expect(await getProductSettings({ ctx: w.as("viewer") })).toMatchObject({ retention });
  expect(await forgetOld({ ctx: w.as("operator") })).toEqual({ records: 1, progress: 3, deliveries: 1 });
  const { db } = w.ctx;
  const ids = async (rows: Promise<{ id?: string; rdsTaskId?: string }[]>) =>
    (await rows).map(({ id, rdsTaskId }) => id ?? rdsTaskId).sort();
  expect(await ids(db.importTask.findMany())).toEqual(
    ["theirs-89", "waits-89", "ours-89", "waits-91", "ours-91"].sort(),
  );
  expect(await ids(db.notice.findMany())).toEqual(["running-89-n", "running-91-n", "succeeded-89-n"]);
  const steps = await db.migrationStep.findMany();
  const of = (id: string) => steps.find((step) => step.id === id);
  expect(of("succeeded-91-upload")).toMatchObject({ progress: null, checkpoint: null });
  expect(of("succeeded-91-await_import")).toMatchObject({ progress: null, checkpoint: { kept: true } });
  for (const id of ["running-91-upload", "succeeded-89-upload"])
    expect(of(id)).toMatchObject({ progress: { percent: 100 }, checkpoint: { kept: true } });
  expect(await db.migration.count()).toBe(4);
  expect(await forgetOld({ ctx: w.as("operator") })).toEqual({ records: 0, progress: 0, deliveries: 0 });
});

test("only administrators set it", async () => {
  await expect(saveProductSettings({ ctx: w.as("operator"), input: FIRST_SETTINGS })).rejects.toMatchObject({
    fields: { code: "forbidden" },
  });
});
