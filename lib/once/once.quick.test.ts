import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { OPENING_MS } from "@/lib/context/open-test-ctx";
import type { Called } from "./call-once";
import {
  die,
  ENGINE,
  GRACE_MS,
  lost,
  OnceWorld,
  OTHER_MIGRATION,
  type Process,
  RECORDS,
} from "./once-world-fixture";
import { Crash, external, OTHER_SIDES } from "./other-side-fixture";
import type { Earlier } from "./settle-earlier";

let w: OnceWorld;
beforeAll(async () => {
  w = await OnceWorld.open(OTHER_SIDES[0][1]());
}, OPENING_MS);
afterAll(() => w.test.close());

/** Of a process that dies in the middle. */
async function runAndDie(process: Process = ENGINE): Promise<void> {
  await expect(w.run(process)).rejects.toBeInstanceOf(Crash);
}

describe.each(OTHER_SIDES)("%s", (_name, open) => {
  beforeEach(() => w.use(open()));

  test("happens once and is answered", async () => {
    expect((await w.run()).state).toBe("accepted");
    expect((await w.run()).state).toBe("accepted");
    expect(w.side.happened).toBe(1);
    expect(await w.outcomes()).toEqual(["accepted by answer"]);
  });

  describe("a process that dies", () => {
    test("before its intent was committed leaves nothing behind", async () => {
      await runAndDie({
        ...ENGINE,
        commit: (write) =>
          w.test.ctx.db.$transaction(async (tx) => {
            await write(tx);
            throw new Crash();
          }),
      });
      expect(await w.outcomes()).toEqual([]);
      expect((await w.run()).state).toBe("accepted");
      expect(w.side.happened).toBe(1);
    });

    test("between intent and call: looked for, found absent, called once", async () => {
      await runAndDie({ ...ENGINE, mayCall: die });
      expect(await w.outcomes()).toEqual(["intended"]);
      expect((await w.runToTheEnd()).state).toBe("accepted");
      expect(w.side.happened).toBe(1);
      expect(await w.outcomes()).toEqual(["absent by look", "accepted by answer"]);
    });

    test("during a call that had its effect: found", async () => {
      w.side.onCall = (takePlace) => {
        takePlace();
        return die();
      };
      await runAndDie();
      expect((await w.run()).state).toBe("accepted");
      expect(w.side.happened).toBe(1);
      expect(await w.outcomes()).toEqual(["accepted by look"]);
    });

    test("during a call that had none: called again after the grace time", async () => {
      w.side.onCall = die;
      await runAndDie();
      w.side.onCall = async (takePlace) => takePlace();
      expect((await w.runToTheEnd()).state).toBe("accepted");
      expect(w.side.happened).toBe(1);
    });

    test("after the answer, before its own step was settled: the answer is kept", async () => {
      expect((await w.call()).state).toBe("accepted");
      w.side.shows = false;
      expect((await w.run()).state).toBe("accepted");
      expect(w.side.happened).toBe(1);
    });
  });

  describe("a lost answer", () => {
    test("of a call that had its effect is found again", async () => {
      w.side.onCall = (takePlace) => {
        takePlace();
        return lost();
      };
      expect((await w.run()).state).toBe("unanswered");
      expect((await w.run()).state).toBe("accepted");
      expect(w.side.happened).toBe(1);
    });

    test("whose effect shows late, within the grace time, is found", async () => {
      if (w.side.effect.graceMs(GRACE_MS) === 0) return;
      w.side.onCall = (takePlace) => {
        takePlace();
        return lost();
      };
      w.side.shows = false;
      await w.run();
      for (let look = 0; look < 3; look += 1) {
        w.pass(GRACE_MS / 4);
        expect(await w.run()).toMatchObject({ state: "waiting", why: "looking" });
      }
      w.side.shows = true;
      expect((await w.run()).state).toBe("accepted");
      expect(w.side.happened).toBe(1);
    });

    test("is asked about for as long as nobody can be asked, whatever the reason", async () => {
      w.side.onCall = (takePlace) => {
        takePlace();
        return lost();
      };
      await w.run();
      for (const kind of ["auth", "forbidden", "unavailable", "throttled", "timeout", "quota"] as const) {
        w.side.lookError = external({ kind });
        for (let look = 0; look < 3; look += 1) {
          w.pass(GRACE_MS);
          expect(await w.run()).toMatchObject({
            state: "waiting",
            why: "not_told",
            failure: { system: "rds" },
          });
        }
      }
      w.side.lookError = null;
      expect((await w.run()).state).toBe("accepted");
      expect(w.side.happened).toBe(1);
    });

    test("is not absent by the first look after an outage: the grace time begins anew", async () => {
      if (w.side.effect.graceMs(GRACE_MS) === 0) return;
      w.side.onCall = lost;
      await w.run();
      w.side.lookError = external({ kind: "unavailable" });
      await w.run();
      w.pass(GRACE_MS * 2);
      await w.run();
      w.side.lookError = null;
      expect(await w.run()).toMatchObject({ state: "waiting", why: "looking" });
    });
  });

  test("is absent after its grace time also where every other look is not answered", async () => {
    if (w.side.effect.graceMs(GRACE_MS) === 0) return;
    w.side.onCall = () => Promise.reject(external({ mayHaveHappened: true }));
    await w.run();
    w.side.onCall = async (takePlace) => takePlace();
    let state = "";
    for (let look = 0; look < 12 && state !== "accepted"; look += 1) {
      w.side.lookError = look % 2 === 0 ? external({ kind: "throttled" }) : null;
      ({ state } = await w.run());
      w.pass(GRACE_MS / 5);
    }
    expect(state).toBe("accepted");
    expect(w.side.happened).toBe(1);
  });

  test("a refusal settles the call and leaves the way open", async () => {
    const onCall = w.side.onCall;
    w.side.onCall = () =>
      Promise.reject(external({ kind: "invalid", providerCode: "No", providerRequestId: "r" }));
    expect((await w.run()).state).toBe("refused");
    expect(await w.test.ctx.db.onceCall.findFirst()).toMatchObject({
      outcome: "refused",
      providerCode: "No",
      requestId: "r",
    });
    w.side.onCall = onCall;
    expect((await w.run()).state).toBe("accepted");
    expect(w.side.happened).toBe(1);
  });

  describe("two at once", () => {
    test.each<[string, Process]>([
      ["two workers", { ...ENGINE }],
      ["a worker and somebody on the records page with another key", RECORDS],
      ["two migrations", OTHER_MIGRATION],
    ])("%s: one calls", async (_who, other) => {
      const states = (await Promise.all([w.run(), w.run(other), w.run(), w.run(other)])).map(
        ({ state }) => state,
      );
      expect(states).toContain("accepted");
      expect(w.side.happened).toBe(1);
    });

    test("a call that began and ended between a look and the call that follows from it is seen", async () => {
      const earlier = await w.settle(RECORDS);
      if (earlier.state !== "free") throw new Error("not free");
      await w.run();
      expect(await w.call(RECORDS, earlier.calls)).toEqual({ state: "not_called" });
      expect(w.side.happened).toBe(1);
    });

    test("the store itself keeps a second intent out", async () => {
      let second: Called | null = null;
      w.side.onCall = async (takePlace) => {
        second = await w.call(RECORDS, await w.test.ctx.db.onceCall.count());
        takePlace();
      };
      expect((await w.call()).state).toBe("accepted");
      expect(second).toEqual({ state: "not_called" });
      expect(w.side.happened).toBe(1);
    });
  });

  describe("a process that stood still after its intent", () => {
    test("does not call once another has begun to look", async () => {
      let other: Earlier | null = null;
      const first = await w.run({
        ...ENGINE,
        mayCall: async () => true,
        commit: async (write) => {
          await w.test.ctx.db.$transaction(write);
          other = await w.settle();
        },
      });
      expect(first.state).toBe("not_called");
      expect(other).not.toBeNull();
      expect(w.side.happened).toBe(0);
    });

    test("does not call when its claim is gone", async () => {
      expect((await w.run({ ...ENGINE, mayCall: async () => false })).state).toBe("not_called");
      expect(w.side.happened).toBe(0);
    });

    test.each([
      ["by the clock that never goes back", 1, 0],
      ["by the wall clock, of a machine that slept", 0, 1],
    ])("does not call when it was for long, %s", async (_clock, monotonic, wall) => {
      let at = 0;
      const first = await w.run({
        ...ENGINE,
        monotonicMs: () => at,
        mayCall: async () => {
          at += monotonic * 15_000;
          w.pass(wall * 15_000);
          return true;
        },
      });
      expect(first.state).toBe("not_called");
      expect(w.side.happened).toBe(0);
      expect((await w.runToTheEnd()).state).toBe("accepted");
      expect(w.side.happened).toBe(1);
    });

    test("and whose late answer comes after others looked in vain: the record still has it", async () => {
      w.side.onCall = async (takePlace) => {
        await w.settle();
        w.pass(GRACE_MS * 2);
        await w.settle();
        takePlace();
      };
      expect((await w.call()).state).toBe("accepted");
      expect(await w.outcomes()).toEqual(["accepted by answer"]);
    });
  });
});
