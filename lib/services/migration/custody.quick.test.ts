import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { OPENING_MS } from "@/lib/context/open-test-ctx";
import { sourceFailure } from "@/lib/sqlserver/source-failure";
import { addStep, CUTOVER, type CustodyWorld, openCustodyWorld } from "./custody-world-fixture";
import { getMigration } from "./get-migration";

let world: CustodyWorld;
// The first store takes longer than all others.
beforeAll(async () => (await openCustodyWorld()).close(), 2 * OPENING_MS);
afterEach(() => world.close());

const GO_BACK = { type: "go_back" } as const;
const CANCEL = { type: "cancel" } as const;
const HELD = { how: "restricted_user", before: { state: "ONLINE", userAccess: "MULTI_USER" } };
const UNREACHABLE = sourceFailure("unavailable", "ESOCKET", "The server is gone");
const DENIED = sourceFailure("forbidden", "262", "ALTER DATABASE permission denied");

/** The cutover begun, the target looked at: writes are about to be stopped. */
async function beginCutover(more: Parameters<typeof openCustodyWorld>[0] = {}): Promise<void> {
  world = await openCustodyWorld(more);
  await world.act(CUTOVER);
  await world.ctx.db.migrationStep.updateMany({
    where: { kind: "check_target" },
    data: { status: "cancelled" },
  });
  await addStep(world, { kind: "stop_writes", nature: "repeatable", status: "queued" });
}

/** Writes stopped, the last log about to be taken. */
async function stopWrites(more: Parameters<typeof openCustodyWorld>[0] = {}): Promise<void> {
  await beginCutover(more);
  await world.run("stop_writes");
}

describe("custody", () => {
  test(
    "that the source is ours is committed before it is closed",
    async () => {
      await beginCutover();
      let known: unknown = null;
      world.source.onRestrict = async () => {
        known = (await world.row()).custody;
      };
      await world.run("stop_writes");
      expect(known).toMatchObject(HELD);
      expect(world.source.done).toEqual(["restrict"]);
    },
    OPENING_MS,
  );

  test("a process that dies after the commit leaves it; going back opens the source", async () => {
    await beginCutover();
    world.source.onRestrict = () => Promise.reject(new Error("killed"));
    await world.run("stop_writes");
    expect((await world.row()).custody).toMatchObject(HELD);
    world.source.database = { state: "ONLINE", userAccess: "RESTRICTED_USER" };
    await world.act(GO_BACK);
    await world.run("release_source");
    expect(await world.row()).toMatchObject({ custody: null, release: null, cutover: null });
    expect(world.source.database).toEqual({ state: "ONLINE", userAccess: "MULTI_USER" });
  });

  test("a worker that stood still behind the commit, and was given up meanwhile, closes nothing", async () => {
    await beginCutover();
    const db = new Proxy(world.ctx.db, {
      get(target, name) {
        if (name !== "$transaction") return Reflect.get(target, name);
        return async (work: (tx: never) => Promise<unknown>) => {
          const done = await target.$transaction(work as never);
          if ((await world.row()).custody !== null) {
            await target.migrationStep.updateMany({
              where: { kind: "stop_writes" },
              data: { claimedBy: "another/1" },
            });
          }
          return done;
        };
      },
    }) as Ctx["db"];
    await world.run("stop_writes", { ...world.ctx, db });
    expect((await world.row()).custody).toMatchObject(HELD);
    expect(world.source.done).toEqual([]);
  });

  test("a source that is not ONLINE is not closed, and nothing is held", async () => {
    await beginCutover();
    world.source.database = { state: "RESTORING", userAccess: "MULTI_USER" };
    await world.run("stop_writes");
    expect(await world.row()).toMatchObject({ custody: null, status: "failed" });
    expect(world.source.done).toEqual([]);
  });

  test("the tail log says so before it leaves the source RESTORING", async () => {
    await stopWrites();
    let known: unknown = null;
    world.source.onBackup = async () => {
      known = (await world.row()).custody;
    };
    await world.run("backup");
    expect(known).toMatchObject({ ...HELD, how: "norecovery_tail" });
  });
});

describe("going back", () => {
  test("after writes were stopped: open again, between rounds, and the next cutover begins anew", async () => {
    await stopWrites();
    const asked = await world.act(GO_BACK);
    expect(asked.custody).toMatchObject({ standing: "releasing" });
    expect(asked.allowed).toEqual(["cancel"]);
    expect(await world.steps()).toEqual([
      "await_import succeeded",
      "stop_writes succeeded",
      "release_source queued",
    ]);
    await world.run("release_source");
    expect(world.source.database).toEqual({ state: "ONLINE", userAccess: "MULTI_USER" });
    expect(await world.row()).toMatchObject({
      status: "waiting_for_user",
      phase: "rounds",
      custody: null,
      release: null,
      cutover: null,
      writesStoppedAt: null,
    });
    const view = await world.act(CUTOVER);
    expect(view.steps.at(-1)).toMatchObject({ kind: "check_target", status: "queued" });
  });

  test("while stop_writes is at it: its outcome is recorded, nothing follows it, then the source is opened", async () => {
    await beginCutover();
    world.source.onRestrict = async () => {
      await world.act(GO_BACK);
      expect(await world.steps()).toContain("stop_writes running");
      expect(await world.steps()).not.toContain("release_source queued");
    };
    await world.run("stop_writes");
    expect(await world.steps()).toContain("stop_writes succeeded");
    expect((await world.steps()).at(-1)).toBe("release_source queued");
    await world.run("release_source");
    expect(world.source.done).toEqual(["restrict", "allow"]);
    expect(await world.row()).toMatchObject({ custody: null, cutover: null, status: "waiting_for_user" });
  });

  test("between the claim and the commit of stop_writes: the source is never closed", async () => {
    await beginCutover();
    const db = new Proxy(world.ctx.db, {
      get(target, name) {
        if (name !== "$transaction") return Reflect.get(target, name);
        return async (work: (tx: never) => Promise<unknown>) => {
          const { custody, release } = await world.row();
          const begun = await target.migrationStep.count({
            where: { kind: "stop_writes", status: "running" },
          });
          if (begun === 1 && custody === null && release === null) await world.act(GO_BACK);
          return target.$transaction(work as never);
        };
      },
    }) as Ctx["db"];
    await world.run("stop_writes", { ...world.ctx, db });
    expect(world.source.done).toEqual([]);
    // The claim was given back; whoever takes the step next leaves it out.
    await world.run("stop_writes");
    expect(await world.steps()).toContain("stop_writes skipped");
    await world.run("release_source");
    expect(await world.row()).toMatchObject({ custody: null, release: null, cutover: null });
    expect(world.source.done).toEqual([]);
  });

  test("with the tail taken: recovered first, never taken again; a differential is due, and no alarm", async () => {
    const driftBaseline = { recoveryModel: "FULL", forkGuid: "FORK", databaseGuid: "DATABASE" };
    await stopWrites({ driftBaseline, targetForkGuid: "FORK" });
    await world.run("backup");
    expect(world.source.database?.state).toBe("RESTORING");
    await world.act(GO_BACK);
    // The call was answered; its step still has to learn what is in the file, and is not asked for that any more.
    for (const kind of ["backup", "backup"]) await world.run(kind).catch(() => undefined);
    await world.run("release_source");
    expect(world.source.done).toEqual(["restrict", "backup tail", "recover", "allow"]);
    expect(await world.row()).toMatchObject({ custody: null, cutover: null });
    expect((await world.steps()).filter((step) => step.startsWith("backup"))).toEqual([]);
    expect((await world.row()).driftBaseline).toMatchObject({ forkGuid: "FORK-AFTER-RECOVERY" });
    // What the target holds lies on the new fork's history, too: a differential of it fits.
    expect((await world.row()).targetForkGuid).toBe("FORK-AFTER-RECOVERY");
    const view = await getMigration({ ctx: world.ctx, input: { migrationId: "m" } });
    expect(view.advance.primary).toBe("take_differential");
    await expect(world.act(CUTOVER)).rejects.toMatchObject({
      fields: { reason: "cutover_not_ready", params: { condition: "hole_bridged" } },
    });
  });

  test("one that died half-way is gone on with: nothing of the cutover is planned in between", async () => {
    await stopWrites();
    await world.ctx.db.migration.update({
      where: { id: "m" },
      data: { custody: { ...((await world.row()).custody as object), how: "norecovery_tail" } },
    });
    world.source.database = { state: "RESTORING", userAccess: "RESTRICTED_USER" };
    await world.act(GO_BACK);
    // Recovered, and then the connection broke.
    world.source.onAllow = () => Promise.reject(UNREACHABLE);
    await world.run("release_source");
    expect(await world.steps()).toEqual([
      "await_import succeeded",
      "stop_writes succeeded",
      "release_source retrying",
    ]);
    expect(await world.row()).toMatchObject({ status: "waiting_for_user" });
    delete world.source.onAllow;
    world.wait(60_000);
    await world.run("release_source");
    expect(world.source.done).toEqual(["restrict", "recover", "allow"]);
    expect((await world.row()).custody).toBeNull();
  });

  test("who was let in before is let in again, and nobody else", async () => {
    await beginCutover();
    world.source.database = { state: "ONLINE", userAccess: "SINGLE_USER" };
    await world.run("stop_writes");
    await world.act(GO_BACK);
    await world.run("release_source");
    expect(world.source.database).toEqual({ state: "ONLINE", userAccess: "SINGLE_USER" });
  });

  test("a server that does not let us: the source stays ours, a person is told, and a hand at the server ends it", async () => {
    await stopWrites();
    await world.act(GO_BACK);
    world.source.down = DENIED;
    await world.run("release_source");
    expect(await world.steps()).toContain("release_source waiting_for_user");
    const { custody } = await world.row();
    expect(custody).toMatchObject(HELD);
    world.source.down = null;
    world.source.database = { state: "ONLINE", userAccess: "MULTI_USER" };
    world.wait(60_000);
    await world.run("release_source");
    expect(world.source.done).toEqual(["restrict"]);
    expect((await world.row()).custody).toBeNull();
  });

  test("a database that somebody else restores over is not recovered under his hands", async () => {
    await stopWrites();
    world.source.database = { state: "RESTORING", userAccess: "MULTI_USER" };
    await world.act(GO_BACK);
    await world.run("release_source");
    expect(world.source.done).toEqual(["restrict"]);
    expect((await world.row()).custody).not.toBeNull();
  });

  test("a backup that is still being written is waited for: it would close the source behind us", async () => {
    await stopWrites();
    await world.act(GO_BACK);
    world.source.running = true;
    await world.run("release_source");
    expect(world.source.done).toEqual(["restrict"]);
    world.source.running = false;
    world.wait(60_000);
    await world.run("release_source");
    expect((await world.row()).custody).toBeNull();
  });

  test("with backups and the stop of writes by others there is nothing to open, and the way back is the same", async () => {
    world = await openCustodyWorld({
      backupBy: "others",
      transport: "bucket_watch",
      status: "waiting_for_backup",
    });
    await addStep(world, {
      kind: "find_file",
      nature: "repeatable",
      status: "waiting_for_backup",
      input: { final: false, wait: true },
    });
    await world.act({ ...CUTOVER, stopWrites: "operator" });
    expect((await world.row()).writesStoppedAt).not.toBeNull();
    const asked = await world.act(GO_BACK);
    expect(asked.custody).toBeNull();
    await world.run("release_source");
    expect(await world.row()).toMatchObject({ cutover: null, writesStoppedAt: null, release: null });
    expect((await world.steps()).at(-1)).toBe("find_file queued");
    expect(world.source.done).toEqual([]);
  });

  test("opening was refused for good: offered, and the source is recovered", async () => {
    await stopWrites();
    await world.ctx.db.migration.update({
      where: { id: "m" },
      data: { custody: { ...((await world.row()).custody as object), how: "norecovery_tail" } },
    });
    await world.ctx.db.migrationStep.updateMany({ where: { kind: "backup" }, data: { status: "cancelled" } });
    world.source.database = { state: "RESTORING", userAccess: "RESTRICTED_USER" };
    const tail = { name: "t.trn", objectKey: "t.trn", state: "imported", type: "log" };
    await world.ctx.db.backupFile.create({
      data: { id: "tail", migrationId: "m", tail: true, final: true, ...tail },
    });
    await addStep(world, { kind: "open", nature: "once", status: "failed" });
    const view = await world.act(GO_BACK);
    expect(view.steps.at(-1)).toMatchObject({ kind: "release_source", status: "queued" });
    await world.run("release_source");
    expect(world.source.done).toEqual(["restrict", "recover", "allow"]);
    expect(await world.row()).toMatchObject({ custody: null, cutover: null, phase: "rounds" });
    expect((await world.ctx.db.backupFile.findUniqueOrThrow({ where: { id: "tail" } })).final).toBe(false);
  });

  test("while nobody can tell whether RDS opens the database it is refused", async () => {
    await stopWrites();
    await world.ctx.db.migrationStep.updateMany({ where: { kind: "backup" }, data: { status: "cancelled" } });
    const stepId = await addStep(world, { kind: "open", nature: "once", status: "failed" });
    await world.ctx.db.onceCall.create({
      data: {
        id: "c",
        kind: "open",
        subject: "x",
        item: "7",
        migrationId: "m",
        stepId,
        connectionId: "cloud",
        databaseName: "Sales",
        request: {},
        outcome: "intended",
        actor: "engine",
        intendedAt: world.clock.at,
      },
    });
    await expect(world.act(GO_BACK)).rejects.toMatchObject({ fields: { reason: "open_outcome_unknown" } });
    expect((await world.row()).release).toBeNull();
  });

  test("a last log that RDS was asked to import goes on: what the target holds stays known", async () => {
    await stopWrites();
    await world.ctx.db.migrationStep.updateMany({ where: { kind: "backup" }, data: { status: "cancelled" } });
    const tail = { name: "t.trn", objectKey: "t.trn", state: "importing", type: "log" };
    await world.ctx.db.backupFile.create({
      data: { id: "tail", migrationId: "m", tail: true, final: true, ...tail },
    });
    await addStep(world, {
      kind: "await_import",
      nature: "repeatable",
      status: "waiting_external",
      fileId: "tail",
      key: "await_import:5",
    });
    await world.act(GO_BACK);
    await world.run("release_source");
    expect(await world.steps()).toContain("await_import waiting_external");
    expect(await world.ctx.db.backupFile.findUniqueOrThrow({ where: { id: "tail" } })).toMatchObject({
      state: "importing",
      final: false,
    });
    expect((await world.row()).custody).toBeNull();
  });
});

describe("cancelling", () => {
  test("a closed source is opened first; until then the migration is not cancelled", async () => {
    await stopWrites();
    const asked = await world.act(CANCEL);
    expect(asked).toMatchObject({ status: "cancelling", custody: { standing: "releasing" }, allowed: [] });
    world.source.down = UNREACHABLE;
    await world.run("release_source");
    expect(await world.row()).toMatchObject({ status: "cancelling", finishedAt: null });
    world.source.down = null;
    world.wait(60_000);
    await world.run("release_source");
    expect(world.source.database).toEqual({ state: "ONLINE", userAccess: "MULTI_USER" });
    expect(await world.row()).toMatchObject({ status: "cancelled", custody: null, release: null });
    const events = await world.ctx.db.migrationEvent.findMany({ orderBy: { seq: "asc" } });
    const types = events.map(({ type }) => type);
    expect(types.indexOf("source_released")).toBeLessThan(types.indexOf("cancelled"));
  });

  test("while stop_writes is at it: it comes to its end, then the source is opened, then it is over", async () => {
    await beginCutover();
    world.source.onRestrict = async () => {
      await world.act(CANCEL);
    };
    await world.run("stop_writes");
    await world.run("release_source");
    expect(world.source.done).toEqual(["restrict", "allow"]);
    expect((await world.row()).status).toBe("cancelled");
  });

  test("outweighs a way back that is under way", async () => {
    await stopWrites();
    await world.act(GO_BACK);
    await world.act(CANCEL);
    await world.run("release_source");
    expect(await world.row()).toMatchObject({ status: "cancelled", custody: null });
  });

  test("a source that was not closed is cancelled at once", async () => {
    world = await openCustodyWorld();
    expect(await world.act(CANCEL)).toMatchObject({ status: "cancelled", custody: null });
  });
});
