import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { OPENING_MS } from "@/lib/context/open-test-ctx";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import type { FileState } from "@/lib/migration/vocabulary/file-state";
import { sourceFailure } from "@/lib/sqlserver/source-failure";
import { addStep, CUTOVER, type CustodyWorld, openCustodyWorld } from "./custody-world-fixture";
import { watchDeadlines } from "./watch-deadlines";

let world: CustodyWorld;
beforeAll(async () => (await openCustodyWorld()).close(), 2 * OPENING_MS);
afterEach(() => world.close());

const MINUTES = 5;
const OVER_MS = MINUTES * 60_000 + 1;
const SOON_MS = 1_000;
const UNREACHABLE = sourceFailure("unavailable", "ESOCKET", "The server is gone");
const OPEN_TO_ALL = { state: "ONLINE", userAccess: "MULTI_USER" };

/** A cutover of at most five minutes, about to stop writes. */
async function begin(after: "take_back" | "ask" = "take_back"): Promise<void> {
  world = await openCustodyWorld();
  await world.act({ ...CUTOVER, deadline: { minutes: MINUTES, after } });
  await world.ctx.db.migrationStep.updateMany({
    where: { kind: "check_target" },
    data: { status: "cancelled" },
  });
  await addStep(world, { kind: "stop_writes", nature: "repeatable", status: "queued" });
}

const TAIL_STEPS = ["backup", "upload", "inspect", "import", "await_import"] as const;
const STATES: Record<(typeof TAIL_STEPS)[number] | "open", FileState> = {
  backup: "written",
  upload: "uploading",
  inspect: "uploaded",
  import: "inspected",
  await_import: "importing",
  open: "imported",
};

/** Writes stopped, the tail taken, and all of its way up to the named step, which stands as it is told. */
async function advanceTo(kind: keyof typeof STATES, status: string): Promise<void> {
  const { db } = world.ctx;
  await world.run("stop_writes");
  await db.migrationStep.updateMany({ where: { kind: "backup" }, data: { status: "cancelled" } });
  const { custody } = await world.row();
  if (kind !== "backup") {
    world.source.database = { state: "RESTORING", userAccess: "RESTRICTED_USER" };
    const held = { ...(custody as object), how: "norecovery_tail" };
    await db.migration.update({ where: { id: "m" }, data: { custody: held } });
    await db.backupFile.create({
      data: {
        id: "tail",
        migrationId: "m",
        name: "tail.trn",
        objectKey: "sales/tail.trn",
        state: STATES[kind],
        type: "log",
        final: true,
        tail: true,
        sizeBytes: 1_000_000n,
      },
    });
  }
  const fileId = kind === "backup" ? null : "tail";
  const startedAt = world.clock.at;
  for (const done of TAIL_STEPS.slice(0, kind === "open" ? undefined : TAIL_STEPS.indexOf(kind))) {
    const more = { startedAt, finishedAt: startedAt, key: `${done}:9`, input: inputOf(done) };
    await addStep(world, { kind: done, nature: "repeatable", status: "succeeded", fileId, ...more });
  }
  const key = kind === "open" ? {} : { key: `${kind}:9` };
  const error = status === "failed" || status === "retrying" ? { ...ruleFailure("oss_timeout", {}) } : {};
  await addStep(world, {
    kind,
    nature: "repeatable",
    status,
    fileId: kind === "open" ? null : fileId,
    startedAt,
    input: inputOf(kind),
    ...key,
    ...(Object.keys(error).length > 0 ? { error } : {}),
  });
}

function inputOf(kind: string) {
  return kind === "backup" ? { backup: "log", tail: true, final: true } : {};
}

async function eventsOf(type: string) {
  const rows = await world.ctx.db.migrationEvent.findMany({ where: { type } });
  return rows.map(({ payload }) => payload);
}

/** Whatever it did: a request to give the source back stands, and the engine's next step does it. */
async function expectTakenBack(why: "reached" | "forecast"): Promise<void> {
  expect(await world.row()).toMatchObject({ release: { why: "deadline" } });
  await world.run("release_source");
  expect(world.source.database).toEqual(OPEN_TO_ALL);
  expect(await world.row()).toMatchObject({
    custody: null,
    release: null,
    cutover: null,
    writesStoppedAt: null,
    takenBack: { minutes: MINUTES, after: "take_back", passed: { why } },
  });
  expect(await eventsOf("deadline_passed")).toMatchObject([
    { minutes: MINUTES, after: "take_back", why, restSeconds: expect.any(Number) },
  ]);
  expect(await eventsOf("went_back")).toHaveLength(1);
}

describe("the time is over: taken back, the source open to all again", () => {
  test("while writes can't be stopped: the source was closed, and the server has not answered since", async () => {
    await begin();
    world.source.onRestrict = async () => {
      world.source.database = { state: "ONLINE", userAccess: "RESTRICTED_USER" };
      throw UNREACHABLE;
    };
    await world.run("stop_writes");
    expect(await world.row()).toMatchObject({ writesStoppedAt: null, custody: { how: "restricted_user" } });
    world.wait(OVER_MS);
    await watchDeadlines(world.ctx);
    await expectTakenBack("reached");
  });

  test.each([
    ["backup", "queued"],
    ["backup", "failed"],
    ["upload", "retrying"],
    ["upload", "failed"],
    ["inspect", "queued"],
    ["inspect", "failed"],
    ["import", "queued"],
    ["import", "retrying"],
    ["import", "waiting_external"],
    ["import", "failed"],
    ["await_import", "waiting_external"],
    ["await_import", "retrying"],
    ["await_import", "failed"],
    ["open", "queued"],
    ["open", "retrying"],
    ["open", "failed"],
  ] as const)("at %s, which is %s", async (kind, status) => {
    await begin();
    await advanceTo(kind, status);
    await watchDeadlines(world.ctx);
    expect(await world.row()).toMatchObject({ release: null });
    world.wait(OVER_MS);
    await watchDeadlines(world.ctx);
    await expectTakenBack("reached");
  });

  test("while the tail is being taken: it comes to its end first", async () => {
    await begin();
    await world.run("stop_writes");
    world.source.onBackup = async () => {
      world.wait(OVER_MS);
      await watchDeadlines(world.ctx);
      expect(await world.row()).toMatchObject({ release: { why: "deadline" } });
      expect(await world.steps()).not.toContain("release_source queued");
      world.source.database = { state: "RESTORING", userAccess: "RESTRICTED_USER" };
      throw UNREACHABLE;
    };
    await world.run("backup");
    while ((await world.steps()).includes("backup retrying")) {
      world.wait(60_000);
      await world.run("backup");
    }
    await expectTakenBack("reached");
  });
});

test("the rest is forecast to last longer than what is left: taken back before the time is over", async () => {
  await begin();
  await advanceTo("upload", "retrying");
  world.wait(MINUTES * 60_000 - 20_000);
  await watchDeadlines(world.ctx);
  await expectTakenBack("forecast");
});

describe("nothing is taken back", () => {
  test("while the rest fits into what is left", async () => {
    await begin();
    await advanceTo("import", "queued");
    world.wait(SOON_MS);
    await watchDeadlines(world.ctx);
    expect(await world.row()).toMatchObject({ release: null });
    expect(await eventsOf("deadline_passed")).toEqual([]);
  });

  test.each([
    ["without an answer yet", { outcome: "intended", settledAt: null }],
    ["which RDS took", { outcome: "accepted", settledAt: new Date() }],
  ])("once the opening was asked for, %s", async (_, call) => {
    await begin();
    await advanceTo("open", "running");
    const open = await world.ctx.db.migrationStep.findFirstOrThrow({ where: { kind: "open" } });
    await world.ctx.db.onceCall.create({
      data: {
        id: "call",
        kind: "open",
        subject: "rm-1/sales",
        item: "7",
        instanceId: "rm-1",
        databaseName: "Sales",
        connectionId: "cloud",
        migrationId: "m",
        stepId: open.id,
        request: {},
        actor: "engine",
        intendedAt: world.clock.at,
        ...call,
      },
    });
    world.wait(OVER_MS);
    await watchDeadlines(world.ctx);
    expect(await world.row()).toMatchObject({ release: null, cutover: { deadline: { passed: null } } });
    expect(world.source.done).toEqual(["restrict"]);
  });

  test("before writes are stopped, however long that takes", async () => {
    await begin();
    world.wait(OVER_MS);
    await watchDeadlines(world.ctx);
    expect(await world.row()).toMatchObject({ release: null, custody: null });
  });

  test("where a person is to be asked: told once, and the cutover goes on", async () => {
    await begin("ask");
    await advanceTo("upload", "failed");
    world.wait(OVER_MS);
    await watchDeadlines(world.ctx);
    await watchDeadlines(world.ctx);
    expect(await world.row()).toMatchObject({
      release: null,
      cutover: { deadline: { after: "ask", passed: { why: "reached" } } },
    });
    expect(await eventsOf("deadline_passed")).toHaveLength(1);
    const view = await world.act({ type: "go_back" });
    expect(view.custody).toMatchObject({ standing: "releasing" });
  });
});

test("a request that was written and not yet acted on survives: a second look adds nothing", async () => {
  await begin();
  await advanceTo("inspect", "queued");
  world.wait(OVER_MS);
  await watchDeadlines(world.ctx);
  await watchDeadlines(world.ctx);
  expect((await world.steps()).filter((step) => step.startsWith("release_source"))).toEqual([
    "release_source queued",
  ]);
  await expectTakenBack("reached");
});

test("a deadline that the forecast passes already is refused, and the next cutover forgets the one before", async () => {
  world = await openCustodyWorld({ takenBack: { ...TAKEN_BACK } });
  const short = { ...CUTOVER, deadline: { minutes: 0.1, after: "take_back" } } as const;
  await expect(world.act(short)).rejects.toMatchObject({
    fields: { reason: "cutover_deadline_too_short", params: { minutes: 0.1 } },
  });
  const view = await world.act(CUTOVER);
  expect(view).toMatchObject({ takenBack: null, cutover: { deadline: null } });
});

const TAKEN_BACK = {
  by: "deadline",
  minutes: MINUTES,
  after: "take_back",
  passed: { at: "2026-05-04T10:00:00Z", why: "reached" },
  releasedAt: "2026-05-04T10:00:01Z",
};
