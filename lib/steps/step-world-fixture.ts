import type { Ctx } from "@/lib/context/context";
import { openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { runStep } from "@/lib/engine/run-step";
import type { Prisma } from "@/lib/store/generated/client";

export const SETTINGS = { baseMs: 100, lookGraceMs: 2_000 };
const STEP = "step";

export interface StepWorld extends TestCtx {
  run(): Promise<void>;
  /** The same with another context than the world's. */
  runOn(ctx: Ctx): Promise<void>;
  wait(ms: number): void;
  step(): ReturnType<TestCtx["ctx"]["db"]["migrationStep"]["findUniqueOrThrow"]>;
  eventTypes(): Promise<string[]>;
}

/** For tests: a started migration `m` with a file `f` and one step, and a way to run that step once. */
export async function openStepWorld(
  step: Pick<Prisma.MigrationStepUncheckedCreateInput, "kind" | "nature"> &
    Partial<Prisma.MigrationStepUncheckedCreateInput>,
  more: {
    migration?: Partial<Prisma.MigrationUncheckedCreateInput>;
    file?: Partial<Prisma.BackupFileUncheckedCreateInput>;
    /** The engine's unit of waiting; smaller where a step really waits between its own tries. */
    baseMs?: number;
    /** `openTestCtx` where more is asked of the store than the one in memory knows. */
    open?: typeof openQuickCtx;
  } = {},
): Promise<StepWorld> {
  const world = await (more.open ?? openQuickCtx)();
  const { db } = world.ctx;
  await db.connection.create({
    data: { id: "cloud", kind: "cloud_account", name: "cloud", config: {}, secretSealed: "" },
  });
  await db.migration.create({
    data: {
      id: "m",
      name: "Sales",
      status: "running",
      phase: "full",
      draft: EMPTY_DRAFT,
      method: "access_pending",
      transport: "shared_folder",
      backupBy: "others",
      cloudConnectionId: "cloud",
      instanceId: "rm-1",
      targetDatabase: "Sales",
      bucket: "b",
      bucketEndpoint: "oss-cn-hangzhou.aliyuncs.com",
      prefix: "sales/",
      createdBy: "test",
      ...more.migration,
    },
  });
  await db.backupFile.create({
    data: {
      id: "f",
      migrationId: "m",
      name: "full.bak",
      objectKey: "sales/full.bak",
      state: "importing",
      type: "full",
      ...more.file,
    },
  });
  await db.migrationStep.create({
    data: {
      id: STEP,
      migrationId: "m",
      key: `${step.kind}:0`,
      status: "queued",
      ordinal: 1,
      fileId: "f",
      input: {},
      ...step,
    },
  });
  const settings = { ...SETTINGS, baseMs: more.baseMs ?? SETTINGS.baseMs };
  let claims = 0;
  const runOn = async (ctx: Ctx) => {
    claims += 1;
    const signal = new AbortController().signal;
    await runStep({ ctx, settings, stepId: STEP, claim: `test/${claims}`, signal });
  };
  return {
    ...world,
    run: () => runOn(world.ctx),
    runOn,
    wait: (ms) => {
      world.clock.at = new Date(world.clock.at.getTime() + ms);
    },
    step: () => db.migrationStep.findUniqueOrThrow({ where: { id: STEP } }),
    eventTypes: async () =>
      (await db.migrationEvent.findMany({ orderBy: { seq: "asc" } })).map((event) => event.type),
  };
}
