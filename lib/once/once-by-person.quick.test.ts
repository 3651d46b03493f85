import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { OPENING_MS } from "@/lib/context/open-test-ctx";
import { ENGINE, GRACE_MS, lost, OnceWorld, OTHER_MIGRATION } from "./once-world-fixture";
import { external, OTHER_SIDES, UNCLEAR_SIDES } from "./other-side-fixture";
import { giveUpUnknownCalls, resolveCall } from "./settle-call";

let w: OnceWorld;
beforeAll(async () => {
  w = await OnceWorld.open(OTHER_SIDES[0][1]());
}, OPENING_MS);
afterAll(() => w.test.close());

describe.each(UNCLEAR_SIDES)("%s", (_name, open) => {
  beforeEach(() => w.use(open()));

  describe("what nobody can tell by looking", () => {
    beforeEach(async () => {
      w.side.onCall = lost;
      await w.run();
      w.side.isUnclear = true;
      expect((await w.run()).state).toBe("unclear");
      expect(await w.outcomes()).toEqual(["unknown"]);
      w.side.isUnclear = false;
      w.side.onCall = async (takePlace) => takePlace();
    });

    const resolve = (verdict: Parameters<typeof resolveCall>[1]["verdict"]) =>
      resolveCall(w.test.ctx.db, { stepId: "s1", verdict, reference: "7", now: w.test.clock.at });

    test("a person says that it happened", async () => {
      await resolve("happened");
      expect(await w.run()).toMatchObject({
        state: "accepted",
        call: { settledBy: "person", reference: "7" },
      });
      expect(w.side.happened).toBe(0);
    });

    test("a person says that it did not: it is called", async () => {
      await resolve("did_not_happen");
      expect((await w.run()).state).toBe("accepted");
      expect(w.side.happened).toBe(1);
      expect(await w.outcomes()).toEqual(["absent by person", "accepted by answer"]);
    });

    test("a person says to look again", async () => {
      await resolve("look_again");
      w.side.happened = 1;
      expect(await w.run()).toMatchObject({ state: "accepted", call: { settledBy: "look" } });
    });

    test("holds others up while its migration lives, and nobody once that was given up", async () => {
      w.side.isUnclear = true;
      expect(await w.run(OTHER_MIGRATION)).toMatchObject({ state: "waiting", why: "other_call" });
      await w.test.ctx.db.migration.update({ where: { id: "m1" }, data: { status: "cancelled" } });
      await giveUpUnknownCalls(w.test.ctx.db, { migrationId: "m1", now: w.test.clock.at });
      w.side.isUnclear = false;
      expect((await w.run(OTHER_MIGRATION)).state).toBe("accepted");
      expect(await w.outcomes()).toEqual(["unknown by person", "accepted by answer"]);
    });
  });
});

describe.each(OTHER_SIDES)("%s", (_name, open) => {
  beforeEach(() => w.use(open()));

  describe("asked for again by a person, in a step of its own", () => {
    const again = { ...ENGINE, stepId: "s1-again" };
    const later = async () => {
      await w.run();
      w.pass(GRACE_MS * 2);
    };

    test("what was accepted and stands is taken over, not repeated", async () => {
      await later();
      expect(await w.run(again)).toMatchObject({ state: "accepted" });
      expect(w.side.happened).toBe(1);
    });

    test("nothing is asked for while nobody can tell what became of it", async () => {
      await later();
      w.side.lookError = external({ kind: "auth", providerCode: "InvalidSecurityToken.Expired" });
      for (let round = 0; round < 3; round += 1) {
        w.pass(GRACE_MS);
        expect(await w.run(again)).toMatchObject({ state: "waiting", why: "not_told" });
      }
      expect(w.side.happened).toBe(1);
    });

    test("what came to nothing may be asked for again", async () => {
      await later();
      w.side.cameToNothing = true;
      expect((await w.run(again)).state).toBe("accepted");
      expect(w.side.happened).toBe(2);
    });

    test("what was accepted a moment ago and is not listed yet is waited for", async () => {
      if (w.side.effect.graceMs(GRACE_MS) === 0) return;
      await w.run();
      w.side.shows = false;
      expect(await w.run(again)).toMatchObject({ state: "waiting", why: "looking" });
      expect(w.side.happened).toBe(1);
    });
  });
});
