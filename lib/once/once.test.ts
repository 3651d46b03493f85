import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { OPENING_MS, openTestCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { type Called, callOnce } from "./call-once";
import { Crash, external, OTHER_SIDES, type OtherSide } from "./other-side-fixture";
import { giveUpUnknownCalls, resolveCall } from "./settle-call";
import { type Earlier, settleEarlier } from "./settle-earlier";

const GRACE_MS = 60_000;

let world: TestCtx;
let side: OtherSide;

beforeAll(async () => {
  world = await openTestCtx();
  for (const id of ["m1", "m2"]) {
    await world.ctx.db.migration.create({
      data: { id, name: id, status: "running", phase: "full", draft: {}, createdBy: "test" },
    });
  }
}, OPENING_MS);
afterAll(() => world.close());

beforeEach(async () => {
  await world.ctx.db.onceCall.deleteMany();
  await world.ctx.db.migration.updateMany({ data: { status: "running" } });
  world.clock.at = new Date("2026-05-04T10:00:00.000Z");
});

/** A process that wants the effect for one step of a migration. */
interface Process {
  connectionId: string;
  migrationId: string | null;
  stepId: string | null;
  mayCall?: () => Promise<boolean>;
  commit?: Parameters<typeof callOnce>[2]["commit"];
  monotonicMs?: () => number;
}
const ENGINE: Process = { connectionId: "key-1", migrationId: "m1", stepId: "s1" };
/** Somebody on the records page, with another key of the same account. */
const RECORDS: Process = { connectionId: "key-2", migrationId: null, stepId: null };

const once = () => ({ ctx: world.ctx, lookGraceMs: GRACE_MS });

function targetOf({ connectionId, migrationId, stepId }: Process) {
  // A source server is known by its connection: another one is another server.
  const shared = side.effect.kind === "backup" ? "key-1" : connectionId;
  return side.target({ connectionId: shared, migrationId, stepId });
}

function settle(process: Process = ENGINE): Promise<Earlier> {
  return settleEarlier(once(), side.effect, targetOf(process));
}

function call(process: Process = ENGINE): Promise<Called> {
  const { ctx } = world;
  return callOnce(once(), side.effect, {
    target: targetOf(process),
    request: side.request,
    commit: (write) => ctx.db.$transaction(write),
    ...process,
  });
}

/** What each worker does whenever it comes to the step. */
async function run(process: Process = ENGINE): Promise<Earlier | Called> {
  const earlier = await settle(process);
  return earlier.state === "free" || earlier.state === "absent" ? call(process) : earlier;
}

/** The same, of a process that dies in the middle. */
async function runAndDie(process: Process = ENGINE): Promise<void> {
  await expect(run(process)).rejects.toBeInstanceOf(Crash);
}

function pass(ms: number): void {
  world.clock.at = new Date(world.clock.at.getTime() + ms);
}

async function outcomes(): Promise<string[]> {
  const rows = await world.ctx.db.onceCall.findMany({ orderBy: [{ intendedAt: "asc" }, { id: "asc" }] });
  return rows.map(({ outcome, settledBy }) => (settledBy === null ? outcome : `${outcome} by ${settledBy}`));
}

/** Runs until the grace time is over and something is decided. */
async function runToTheEnd(process: Process = ENGINE): Promise<Earlier | Called> {
  for (let round = 0; round < 20; round += 1) {
    const result = await run(process);
    if (!["waiting", "unanswered", "not_called"].includes(result.state)) return result;
    pass(GRACE_MS / 4);
  }
  throw new Error("nothing was decided");
}

const die = () => Promise.reject(new Crash());
const lost = () => Promise.reject(external({ mayHaveHappened: true }));

describe.each(OTHER_SIDES)("%s", (_name, open) => {
  beforeEach(() => {
    side = open();
    side.connect(world);
  });

  test("happens once and is answered", async () => {
    expect((await run()).state).toBe("accepted");
    expect((await run()).state).toBe("accepted");
    expect(side.happened).toBe(1);
    expect(await outcomes()).toEqual(["accepted by answer"]);
  });

  describe("a process that dies", () => {
    test("before its intent was committed leaves nothing behind", async () => {
      await runAndDie({
        ...ENGINE,
        commit: (write) =>
          world.ctx.db.$transaction(async (tx) => {
            await write(tx);
            throw new Crash();
          }),
      });
      expect(await outcomes()).toEqual([]);
      expect((await run()).state).toBe("accepted");
      expect(side.happened).toBe(1);
    });

    test("between intent and call: looked for, found absent, called once", async () => {
      await runAndDie({ ...ENGINE, mayCall: die });
      expect(await outcomes()).toEqual(["intended"]);
      expect((await runToTheEnd()).state).toBe("accepted");
      expect(side.happened).toBe(1);
      expect(await outcomes()).toEqual(["absent by look", "accepted by answer"]);
    });

    test("during a call that had its effect: found", async () => {
      side.onCall = (takePlace) => {
        takePlace();
        return die();
      };
      await runAndDie();
      expect((await run()).state).toBe("accepted");
      expect(side.happened).toBe(1);
      expect(await outcomes()).toEqual(["accepted by look"]);
    });

    test("during a call that had none: called again after the grace time", async () => {
      side.onCall = die;
      await runAndDie();
      side.onCall = async (takePlace) => takePlace();
      expect((await runToTheEnd()).state).toBe("accepted");
      expect(side.happened).toBe(1);
    });

    test("after the answer, before its own step was settled: the answer is kept", async () => {
      expect((await call()).state).toBe("accepted");
      side.shows = false;
      expect((await run()).state).toBe("accepted");
      expect(side.happened).toBe(1);
    });
  });

  describe("a lost answer", () => {
    test("of a call that had its effect is found again", async () => {
      side.onCall = (takePlace) => {
        takePlace();
        return lost();
      };
      expect((await run()).state).toBe("unanswered");
      expect((await run()).state).toBe("accepted");
      expect(side.happened).toBe(1);
    });

    test("whose effect shows late, within the grace time, is found", async () => {
      if (side.effect.graceMs(GRACE_MS) === 0) return;
      side.onCall = (takePlace) => {
        takePlace();
        return lost();
      };
      side.shows = false;
      await run();
      for (let look = 0; look < 3; look += 1) {
        pass(GRACE_MS / 4);
        expect(await run()).toMatchObject({ state: "waiting", why: "looking" });
      }
      side.shows = true;
      expect((await run()).state).toBe("accepted");
      expect(side.happened).toBe(1);
    });

    test("is asked about for as long as nobody can be asked, whatever the reason", async () => {
      side.onCall = (takePlace) => {
        takePlace();
        return lost();
      };
      await run();
      for (const kind of ["auth", "forbidden", "unavailable", "throttled", "timeout", "quota"] as const) {
        side.lookError = external({ kind });
        for (let look = 0; look < 3; look += 1) {
          pass(GRACE_MS);
          expect(await run()).toMatchObject({
            state: "waiting",
            why: "not_told",
            failure: { system: "rds" },
          });
        }
      }
      side.lookError = null;
      expect((await run()).state).toBe("accepted");
      expect(side.happened).toBe(1);
    });

    test("is not absent by the first look after an outage: the grace time begins anew", async () => {
      if (side.effect.graceMs(GRACE_MS) === 0) return;
      side.onCall = lost;
      await run();
      side.lookError = external({ kind: "unavailable" });
      await run();
      pass(GRACE_MS * 2);
      await run();
      side.lookError = null;
      expect(await run()).toMatchObject({ state: "waiting", why: "looking" });
    });
  });

  test("a refusal settles the call and leaves the way open", async () => {
    const onCall = side.onCall;
    side.onCall = () =>
      Promise.reject(external({ kind: "invalid", providerCode: "No", providerRequestId: "r" }));
    expect((await run()).state).toBe("refused");
    expect(await world.ctx.db.onceCall.findFirst()).toMatchObject({
      outcome: "refused",
      providerCode: "No",
      requestId: "r",
    });
    side.onCall = onCall;
    expect((await run()).state).toBe("accepted");
    expect(side.happened).toBe(1);
  });

  describe("two at once", () => {
    test.each<[string, Process]>([
      ["two workers", { ...ENGINE }],
      ["a worker and somebody on the records page with another key", RECORDS],
      ["two migrations", { connectionId: "key-2", migrationId: "m2", stepId: "s2" }],
    ])("%s: one calls", async (_who, other) => {
      const states = (await Promise.all([run(), run(other), run(), run(other)])).map(({ state }) => state);
      expect(states).toContain("accepted");
      expect(side.happened).toBe(1);
    });

    test("the store itself keeps a second intent out", async () => {
      let second: Called | null = null;
      side.onCall = async (takePlace) => {
        second = await call(RECORDS);
        takePlace();
      };
      expect((await call()).state).toBe("accepted");
      expect(second).toEqual({ state: "not_called" });
      expect(side.happened).toBe(1);
    });
  });

  describe("a process that stood still after its intent", () => {
    test("does not call once another has begun to look", async () => {
      let other: Earlier | null = null;
      const first = await run({
        ...ENGINE,
        mayCall: async () => true,
        commit: async (write) => {
          await world.ctx.db.$transaction(write);
          other = await settle();
        },
      });
      expect(first.state).toBe("not_called");
      expect(other).not.toBeNull();
      expect(side.happened).toBe(0);
    });

    test("does not call when its claim is gone", async () => {
      expect((await run({ ...ENGINE, mayCall: async () => false })).state).toBe("not_called");
      expect(side.happened).toBe(0);
    });

    test.each([
      ["by the clock that never goes back", 1, 0],
      ["by the wall clock, of a machine that slept", 0, 1],
    ])("does not call when it was for long, %s", async (_clock, monotonic, wall) => {
      let at = 0;
      const first = await run({
        ...ENGINE,
        monotonicMs: () => at,
        mayCall: async () => {
          at += monotonic * 15_000;
          pass(wall * 15_000);
          return true;
        },
      });
      expect(first.state).toBe("not_called");
      expect(side.happened).toBe(0);
      expect((await runToTheEnd()).state).toBe("accepted");
      expect(side.happened).toBe(1);
    });

    test("and whose late answer comes after others looked in vain: the record still has it", async () => {
      side.onCall = async (takePlace) => {
        await settle();
        pass(GRACE_MS * 2);
        await settle();
        takePlace();
      };
      expect((await call()).state).toBe("accepted");
      expect(await outcomes()).toEqual(["accepted by answer"]);
    });
  });

  describe("what nobody can tell by looking", () => {
    beforeEach(async () => {
      side.onCall = lost;
      await run();
      side.isUnclear = true;
      expect((await run()).state).toBe("unclear");
      expect(await outcomes()).toEqual(["unknown"]);
      side.isUnclear = false;
      side.onCall = async (takePlace) => takePlace();
    });

    const resolve = (verdict: Parameters<typeof resolveCall>[1]["verdict"]) =>
      resolveCall(world.ctx.db, { stepId: "s1", verdict, reference: "7", now: world.clock.at });

    test("a person says that it happened", async () => {
      await resolve("happened");
      expect(await run()).toMatchObject({ state: "accepted", call: { settledBy: "person", reference: "7" } });
      expect(side.happened).toBe(0);
    });

    test("a person says that it did not: it is called", async () => {
      await resolve("did_not_happen");
      expect((await run()).state).toBe("accepted");
      expect(side.happened).toBe(1);
      expect(await outcomes()).toEqual(["absent by person", "accepted by answer"]);
    });

    test("a person says to look again", async () => {
      await resolve("look_again");
      side.happened = 1;
      expect(await run()).toMatchObject({ state: "accepted", call: { settledBy: "look" } });
    });

    test("holds others up while its migration lives, and nobody once that was given up", async () => {
      side.isUnclear = true;
      const other = { connectionId: "key-2", migrationId: "m2", stepId: "s2" };
      expect(await run(other)).toMatchObject({ state: "waiting", why: "other_call" });
      await world.ctx.db.migration.update({ where: { id: "m1" }, data: { status: "cancelled" } });
      await giveUpUnknownCalls(world.ctx.db, { migrationId: "m1", now: world.clock.at });
      side.isUnclear = false;
      expect((await run(other)).state).toBe("accepted");
      expect(await outcomes()).toEqual(["unknown by person", "accepted by answer"]);
    });
  });

  describe("asked for again by a person, in a step of its own", () => {
    const again = { ...ENGINE, stepId: "s1-again" };
    const later = async () => {
      await run();
      pass(GRACE_MS * 2);
    };

    test("what was accepted and stands is taken over, not repeated", async () => {
      await later();
      expect(await run(again)).toMatchObject({ state: "accepted" });
      expect(side.happened).toBe(1);
    });

    test("nothing is asked for while nobody can tell what became of it", async () => {
      await later();
      side.lookError = external({ kind: "auth", providerCode: "InvalidSecurityToken.Expired" });
      for (let round = 0; round < 3; round += 1) {
        pass(GRACE_MS);
        expect(await run(again)).toMatchObject({ state: "waiting", why: "not_told" });
      }
      expect(side.happened).toBe(1);
    });

    test("what came to nothing may be asked for again", async () => {
      await later();
      side.cameToNothing = true;
      expect((await run(again)).state).toBe("accepted");
      expect(side.happened).toBe(2);
    });

    test("what was accepted a moment ago and is not listed yet is waited for", async () => {
      if (side.effect.graceMs(GRACE_MS) === 0) return;
      await run();
      side.shows = false;
      expect(await run(again)).toMatchObject({ state: "waiting", why: "looking" });
      expect(side.happened).toBe(1);
    });
  });
});
