import { describe, expect, test } from "vitest";
import { nextMoves } from "./next-moves";
import { member, T0 } from "./wave-fixture";
import { WaveRules } from "./wave-rules";

const rules = WaveRules.parse({});
const at = { nowMs: T0, hold: null, importsLeft: () => 500, freeBytes: () => null, beside: [] };
const GB = 1024 ** 3;

describe("what begins", () => {
  test("as many as the source takes at once, the largest first; one of unknown size may be the largest", () => {
    const members = [
      member("m1", { bytes: 38 * GB }),
      member("m2", { bytes: 640 * GB }),
      member("m3", { bytes: null }),
      member("m4", { bytes: 640 * GB }),
    ];
    expect(nextMoves(members, rules, at)).toEqual({
      start: ["m3", "m2"],
      restore: [],
      waits: new Map([
        ["m4", "source_busy"],
        ["m1", "source_busy"],
      ]),
      room: new Map(),
    });
    const listed = nextMoves(members, { ...rules, order: "as_listed" }, at);
    expect(listed.start).toEqual(["m1", "m2"]);
  });

  test("each source server has its own places", () => {
    const members = [
      member("m1"),
      member("m2"),
      member("m3", { sourceId: "s2" }),
      member("m4", { sourceId: null }),
    ];
    expect(nextMoves(members, { ...rules, sourcesAtOnce: 1 }, at).start).toEqual(["m1", "m3", "m4"]);
  });

  test.each(["stopped", "online", "left_out", "rounds", "restoring"] as const)(
    "what is %s holds no place at the source",
    (stage) => {
      const members = [member("m1", { stage }), member("m2", { stage }), member("m3"), member("m4")];
      expect(nextMoves(members, rules, at).start).toEqual(["m3", "m4"]);
    },
  );

  test("a member that was refused is not asked again before its time, and others pass it", () => {
    const members = [member("m1", { notBeforeMs: T0 + 1 }), member("m2"), member("m3")];
    const moves = nextMoves(members, rules, at);
    expect(moves.start).toEqual(["m2", "m3"]);
    expect(moves.waits.get("m1")).toBe("asked_lately");
    expect(nextMoves(members, rules, { ...at, nowMs: T0 + 1 }).start).toEqual(["m1", "m2"]);
  });

  test("uploads run ahead of an instance by one load of restores", () => {
    const ahead = [member("m1", { stage: "uploaded" }), member("m2", { stage: "uploaded" })];
    const busy = [member("m3", { stage: "restoring" }), member("m4", { stage: "restoring" })];
    const moves = nextMoves(
      [...ahead, ...busy, member("m5"), member("m6", { instanceId: "rm-2" })],
      rules,
      at,
    );
    expect(moves.start).toEqual(["m6"]);
    expect(moves.waits).toEqual(
      new Map([
        ["m1", "instance_busy"],
        ["m2", "instance_busy"],
        ["m5", "uploads_ahead"],
      ]),
    );
  });

  test("what an instance still takes today is kept for those under way", () => {
    const members = [member("m1", { stage: "rounds" }), member("m2", { stage: "stopped" }), member("m3")];
    expect(nextMoves(members, rules, { ...at, importsLeft: () => 11 }).waits.get("m3")).toBe("imports_kept");
    expect(nextMoves(members, rules, { ...at, importsLeft: () => 12 }).start).toEqual(["m3"]);
    // Each that begins keeps as many.
    const two = [member("m1"), member("m2")];
    expect(nextMoves(two, rules, { ...at, importsLeft: () => 7 }).start).toEqual(["m1"]);
    expect(nextMoves(two, rules, { ...at, importsLeft: () => 8 }).start).toEqual(["m1", "m2"]);
  });
});

describe("what is restored", () => {
  test("as many as the rules say for each instance, the largest first", () => {
    const members = [
      member("m1", { stage: "uploaded", bytes: 1 }),
      member("m2", { stage: "uploaded", bytes: 3 }),
      member("m3", { stage: "uploaded", bytes: 2 }),
      member("m4", { stage: "restoring" }),
      member("m5", { stage: "uploaded", instanceId: "rm-2" }),
    ];
    const moves = nextMoves(members, rules, at);
    expect(moves.restore).toEqual(["m2", "m5"]);
    expect(moves.waits.get("m3")).toBe("instance_busy");
  });

  test("a restore that stopped makes room", () => {
    const members = [member("m1", { stage: "stopped" }), member("m2", { stage: "uploaded" })];
    expect(nextMoves(members, { ...rules, restoresAtOnce: 1 }, at).restore).toEqual(["m2"]);
  });
});

describe("where the disk of an instance is short", () => {
  const free = (bytes: number) => ({ ...at, freeBytes: () => bytes });

  test("who would not fit beside those that have begun waits, and a smaller one passes it", () => {
    const members = [
      member("m1", { stage: "restoring", bytes: 40 }),
      member("m2", { stage: "rounds", bytes: 500, onDisk: true }),
      member("m3", { bytes: 60 }),
      member("m4", { bytes: 59 }),
      member("m5", { bytes: null }),
    ];
    const moves = nextMoves(members, { ...rules, sourcesAtOnce: 5 }, free(100));
    expect(moves.start).toEqual(["m5", "m4"]);
    expect(moves.waits).toEqual(new Map([["m3", "space"]]));
    expect(moves.room).toEqual(new Map([["m3", 60]]));
  });

  test("what has been restored since the instance was asked is still to be taken from what is free", () => {
    const members = [member("m1", { stage: "online", bytes: 40 }), member("m2", { bytes: 60 })];
    expect(nextMoves(members, rules, free(100)).waits.get("m2")).toBe("space");
    const asked = [member("m1", { stage: "online", bytes: 40, onDisk: true }), member("m2", { bytes: 60 })];
    expect(nextMoves(asked, rules, free(100)).start).toEqual(["m2"]);
  });

  test("a backup in OSS is handed over only where it fits, and holds up no others' uploads", () => {
    const members = [
      member("m1", { stage: "uploaded", bytes: 90 }),
      member("m2", { stage: "uploaded", bytes: 80 }),
      member("m3", { stage: "uploaded", bytes: 15 }),
      member("m4", { instanceId: "rm-2", bytes: 1 }),
      member("m5", { bytes: 4 }),
    ];
    const moves = nextMoves(members, rules, free(100));
    expect(moves.restore).toEqual(["m1"]);
    expect(moves.waits).toEqual(
      new Map([
        ["m2", "space"],
        ["m3", "space"],
        ["m5", "space"],
      ]),
    );
    expect(moves.start).toEqual(["m4"]);
    expect(nextMoves(members, rules, free(190)).start).toEqual(["m5", "m4"]);
  });

  test.each(["stopped", "left_out"] as const)("what is %s takes nothing more", (stage) => {
    const members = [member("m1", { stage, bytes: 90 }), member("m2", { bytes: 60 })];
    expect(nextMoves(members, rules, free(100)).start).toEqual(["m2"]);
  });

  test("nobody waits for an instance that has not said", () => {
    expect(nextMoves([member("m1", { bytes: 2 ** 50 })], rules, at).start).toEqual(["m1"]);
  });
});

test("nothing begins while the wave pauses", () => {
  const members = [member("m1"), member("m2", { stage: "uploaded" })];
  const moves = nextMoves(members, rules, { ...at, hold: "paused" });
  expect(moves).toMatchObject({ start: [], restore: [] });
  expect([...moves.waits.values()]).toEqual(["paused", "paused"]);
});
