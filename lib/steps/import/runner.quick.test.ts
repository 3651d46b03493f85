import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { only, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { ExternalError, type ExternalErrorFields } from "@/lib/diagnosis/external-error";
import { runStep } from "@/lib/engine/run-step";
import { type ImportCallRequest, importTarget } from "@/lib/once/import-effect";
import type { RdsAccount, RdsFile, RdsTask } from "@/lib/rds/rds-account";
import type { Prisma } from "@/lib/store/generated/client";
import { rdsFile, rdsTask } from "../rds-answers-fixture";

const SETTINGS = { baseMs: 100, lookGraceMs: 2_000 };
const STEP = "step-import";

let world: TestCtx;

beforeEach(async () => {
  world = await openQuickCtx();
  const { db } = world.ctx;
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
      cloudConnectionId: null,
      instanceId: "rm-1",
      targetDatabase: "Sales",
      bucket: "b",
      bucketEndpoint: "oss-cn-hangzhou.aliyuncs.com",
      prefix: "sales/",
      createdBy: "test",
    },
  });
  await db.connection.create({
    data: { id: "cloud", kind: "cloud_account", name: "cloud", config: {}, secretSealed: "" },
  });
  await db.migration.update({ where: { id: "m" }, data: { cloudConnectionId: "cloud" } });
  await db.backupFile.create({
    data: {
      id: "f",
      migrationId: "m",
      name: "full.bak",
      objectKey: "sales/full.bak",
      state: "inspected",
      type: "full",
    },
  });
  await db.migrationStep.create({
    data: {
      id: STEP,
      migrationId: "m",
      key: "import:0",
      kind: "import",
      nature: "once",
      status: "queued",
      ordinal: 1,
      fileId: "f",
      input: {},
    },
  });
});

afterEach(() => world.close());

let claims = 0;
async function run(): Promise<void> {
  claims += 1;
  const signal = new AbortController().signal;
  await runStep({ ctx: world.ctx, settings: SETTINGS, stepId: STEP, claim: `test/${claims}`, signal });
}

function wait(ms: number): void {
  world.clock.at = new Date(world.clock.at.getTime() + ms);
}

function failed(more: Partial<ExternalErrorFields>): ExternalError {
  return new ExternalError({
    system: "rds",
    kind: "timeout",
    providerCode: null,
    providerMessage: "no answer",
    providerRequestId: null,
    mayHaveHappened: false,
    ...more,
  });
}

/** An RDS that counts what it is asked; `accepts` says what the next create does. */
function rds(behaviour: {
  create: () => Promise<{ taskId: string; requestId: string }>;
  tasks?: () => RdsTask[];
  files?: (taskId: string) => RdsFile[];
}): { creates: number } {
  const count = { creates: 0 };
  const account = only<RdsAccount>({
    createImport: async () => {
      count.creates += 1;
      return behaviour.create();
    },
    listTasks: async () => behaviour.tasks?.() ?? [],
    listDatabases: async () => [],
    findTask: async ({ taskId }) => behaviour.tasks?.().find((one) => one.taskId === taskId) ?? task(taskId),
    listFiles: async ({ taskId }) => behaviour.files?.(taskId) ?? [],
  });
  world.clients.rds = async () => account;
  return count;
}

const task = (taskId: string) => rdsTask({ taskId });

/** A call as the store has it: unsettled, of the file and step of these tests unless said otherwise. */
async function addCall({
  taskId = null,
  ...more
}: Partial<Prisma.OnceCallUncheckedCreateInput> & { id: string; taskId?: string | null }): Promise<void> {
  const request: ImportCallRequest = {
    instanceId: "rm-1",
    databaseName: "Sales",
    method: "access_pending",
    taskId,
    checkMode: "async",
    object: { endpoint: "oss-cn-hangzhou.aliyuncs.com", bucket: "b", key: "sales/full.bak" },
    lastLsn: null,
  };
  const owner = { connectionId: "cloud", migrationId: "m", stepId: STEP, fileId: "f" };
  await world.ctx.db.onceCall.create({
    data: {
      kind: "import",
      ...importTarget({ ...request, key: "sales/full.bak" }, owner),
      request,
      outcome: "intended",
      actor: "engine",
      intendedAt: world.clock.at,
      ...more,
    },
  });
}

async function facts() {
  const { db } = world.ctx;
  const step = await db.migrationStep.findUniqueOrThrow({ where: { id: STEP } });
  const attempts = await db.onceCall.findMany({ orderBy: { intendedAt: "asc" } });
  const events = await db.migrationEvent.findMany({ orderBy: { seq: "asc" } });
  return {
    step,
    outcomes: attempts.map((attempt) => attempt.outcome),
    events: events.map((event) => event.type),
  };
}

describe("an import without an answer", () => {
  test("is found again by its file's name and never repeated", async () => {
    const asked = rds({
      create: () => Promise.reject(failed({ mayHaveHappened: true })),
      tasks: () => [task("77")],
      files: () => [rdsFile()],
    });
    await run();
    expect((await facts()).outcomes).toEqual(["intended"]);
    wait(150);
    await run();
    const after = await facts();
    expect(asked.creates).toBe(1);
    expect(after.outcomes).toEqual(["accepted"]);
    expect(after.step.status).toBe("succeeded");
    expect(after.events).toContain("import_found");
    expect(await world.ctx.db.migration.findUnique({ where: { id: "m" } })).toMatchObject({
      rdsTaskId: "77",
    });
  });

  test("is tried again only after looking for the whole grace time", async () => {
    let answer: () => Promise<{ taskId: string; requestId: string }> = () =>
      Promise.reject(failed({ mayHaveHappened: true }));
    const asked = rds({ create: () => answer() });
    await run();
    for (let looks = 0; looks < 5; looks += 1) {
      wait(300);
      await run();
    }
    expect(asked.creates).toBe(1);
    wait(SETTINGS.lookGraceMs);
    answer = async () => ({ taskId: "88", requestId: "r" });
    await run();
    await run();
    const after = await facts();
    expect(asked.creates).toBe(2);
    expect(after.outcomes).toEqual(["absent", "accepted"]);
  });

  test("is left to a person when two tasks could be it", async () => {
    const asked = rds({
      create: () => Promise.reject(failed({ mayHaveHappened: true })),
      tasks: () => [task("1"), task("2")],
    });
    await run();
    wait(150);
    await run();
    wait(60_000);
    await run();
    const after = await facts();
    expect(after.step.status).toBe("unknown");
    expect(after.events.at(-1)).toBe("step_unknown");
    expect(asked.creates).toBe(1);
  });
});

test("a process that died after the call: the intent is there, so it looks first", async () => {
  const asked = rds({
    create: async () => ({ taskId: "5", requestId: "r" }),
    tasks: () => [task("5")],
    files: () => [rdsFile()],
  });
  await addCall({ id: "a" });
  await run();
  expect(asked.creates).toBe(0);
  expect((await facts()).outcomes).toEqual(["accepted"]);
});

test("throttling: the attempt is settled as refused and another is made later", async () => {
  let throttled = true;
  const asked = rds({
    create: () =>
      throttled
        ? Promise.reject(failed({ kind: "throttled", providerCode: "Throttling.User" }))
        : Promise.resolve({ taskId: "9", requestId: "r" }),
  });
  await run();
  const slowed = await facts();
  expect(slowed.step.status).toBe("retrying");
  expect(slowed.events).toContain("throttled");
  await run();
  expect(asked.creates).toBe(1);
  throttled = false;
  wait(5_000);
  await run();
  expect((await facts()).outcomes).toEqual(["refused", "accepted"]);
});

test("a refusal that a person must mend fails the step and keeps RDS's code", async () => {
  rds({
    create: () =>
      Promise.reject(failed({ kind: "invalid", providerCode: "InvalidDBName", providerRequestId: "req-1" })),
  });
  await run();
  const after = await facts();
  expect(after.step).toMatchObject({
    status: "failed",
    error: { providerCode: "InvalidDBName", providerRequestId: "req-1" },
  });
  expect(after.outcomes).toEqual(["refused"]);
});

test("the day's budget is never overrun", async () => {
  const asked = rds({ create: async () => ({ taskId: "1", requestId: "r" }) });
  for (let index = 0; index < 20; index += 1) {
    await addCall({
      id: `old${index}`,
      stepId: "other",
      item: "k",
      outcome: "accepted",
      // Whoever made it, with whatever key.
      ...(index % 2 === 0 ? {} : { migrationId: null, connectionId: "other" }),
      settledAt: world.clock.at,
    });
  }
  await run();
  expect(asked.creates).toBe(0);
  expect((await facts()).step).toMatchObject({
    status: "waiting_external",
    error: { reason: "imports_exhausted" },
  });
});

test("two workers: one has the step, the other leaves quietly", async () => {
  const asked = rds({ create: async () => ({ taskId: "1", requestId: "r" }) });
  await Promise.all([run(), run(), run()]);
  expect(asked.creates).toBe(1);
});

test("a call that timed out after longer than the grace time is still looked for before another is made", async () => {
  let answer: () => Promise<{ taskId: string; requestId: string }> = async () => {
    wait(SETTINGS.lookGraceMs + 1_000);
    throw failed({ mayHaveHappened: true });
  };
  let tasks: RdsTask[] = [];
  const asked = rds({ create: () => answer(), tasks: () => tasks, files: () => [rdsFile()] });
  await run();
  answer = async () => ({ taskId: "twice", requestId: "r" });
  wait(150);
  await run();
  expect(asked.creates).toBe(1);
  // It shows itself late.
  tasks = [task("77")];
  wait(150);
  await run();
  expect(asked.creates).toBe(1);
  expect((await facts()).outcomes).toEqual(["accepted"]);
});

describe("submitted again by a person, in a step of its own", () => {
  const broken = (): RdsFile => ({ ...rdsFile(), status: "restore_failed" });
  let files: () => RdsFile[];
  let asked: { creates: number };

  beforeEach(async () => {
    await addCall({
      id: "old",
      stepId: "before",
      outcome: "accepted",
      reference: "7",
      settledAt: world.clock.at,
    });
    wait(SETTINGS.lookGraceMs);
    files = () => [];
    asked = rds({ create: async () => ({ taskId: "8", requestId: "r" }), files: () => files() });
  });

  test("while RDS does not say what became of the first import, none is made", async () => {
    files = () => {
      throw failed({ kind: "auth", providerCode: "InvalidSecurityToken.Expired" });
    };
    for (let tries = 0; tries < 3; tries += 1) {
      await run();
      expect((await facts()).step).toMatchObject({
        status: "waiting_for_user",
        error: { reason: "rds_token_expired" },
      });
      wait(60_000);
    }
    expect(asked.creates).toBe(0);
  });

  test("the first import, still at work, is taken over", async () => {
    files = () => [rdsFile()];
    await run();
    const after = await facts();
    expect(asked.creates).toBe(0);
    expect(after.step.status).toBe("succeeded");
    expect(after.events).toContain("import_found");
    expect(await world.ctx.db.migration.findUnique({ where: { id: "m" } })).toMatchObject({ rdsTaskId: "7" });
  });

  test("the first import failed at RDS: another is made", async () => {
    files = () => [broken()];
    await run();
    expect(asked.creates).toBe(1);
    expect((await facts()).outcomes).toEqual(["accepted", "accepted"]);
  });

  test("an edition that lists no files, and a task that waits: a person decides", async () => {
    files = () => {
      throw failed({ kind: "invalid", providerCode: "UnsupportedOperation" });
    };
    asked = rds({
      create: async () => ({ taskId: "8", requestId: "r" }),
      tasks: () => [{ ...task("7"), status: "waiting_for_backup" }],
      files: () => files(),
    });
    await run();
    expect((await facts()).step).toMatchObject({
      status: "unknown",
      error: { reason: "rds_files_not_listed" },
    });
    expect(asked.creates).toBe(0);
  });
});

test("submitted again by a person: the failed entry of before is no proof that it arrived", async () => {
  const { db } = world.ctx;
  await db.migration.update({ where: { id: "m" }, data: { rdsTaskId: "7" } });
  await addCall({
    id: "old",
    stepId: "before",
    outcome: "accepted",
    reference: "7",
    settledAt: world.clock.at,
  });
  await addCall({ id: "new", taskId: "7" });
  const broken: RdsFile = { ...rdsFile(), status: "restore_failed" };
  let files = [broken];
  rds({ create: async () => ({ taskId: "7", requestId: "r" }), files: () => files });
  await run();
  expect((await facts()).step).toMatchObject({ status: "retrying", error: { reason: "import_looking" } });
  files = [rdsFile(), broken];
  wait(150);
  await run();
  expect((await facts()).step.status).toBe("succeeded");
});
