import { expect, test } from "vitest";
import { type Beside, besideOn, withoutPlaces } from "./beside";
import { forecastWave } from "./forecast-wave";
import { nextMoves } from "./next-moves";
import { foreseen, member, T0 } from "./wave-fixture";
import { WaveRules } from "./wave-rules";

const rules = WaveRules.parse({ sourcesAtOnce: 2, restoresAtOnce: 1 });
const at = { nowMs: T0, hold: null, importsLeft: () => 500, freeBytes: () => null };

const other = (over: Partial<Beside> = {}): Beside => ({
  sourceId: "s1",
  instanceId: "rm-1",
  bytes: 10,
  stage: "rounds",
  onDisk: false,
  ...over,
});

test("others are summed up by what they still take; who stopped takes none of the disk, who is over nothing", () => {
  const all = [
    other({ stage: "preparing" }),
    other({ onDisk: true }),
    other({ stage: "waiting", bytes: 5 }),
    other({ stage: "restoring", bytes: null }),
    other({ stage: "stopped" }),
    other({ stage: "online" }),
    other({ instanceId: "rm-2" }),
  ];
  expect(besideOn("rm-1", all)).toEqual({ count: 5, begun: 4, bytes: 15, unknown: 1, imports: 16 });
  expect(besideOn("rm-3", all)).toEqual({ count: 0, begun: 0, bytes: 0, unknown: 0, imports: 0 });
});

test("a server that takes others' first backups has as many places less", () => {
  const members = [member("m1"), member("m2")];
  const beside = [other({ stage: "preparing", instanceId: "rm-2" })];
  const moves = nextMoves(members, rules, { ...at, beside });
  expect(moves.start).toEqual(["m1"]);
  expect(moves.waits.get("m2")).toBe("source_busy");
  // Elsewhere, or past it, it takes none.
  for (const one of [other({ sourceId: "s2", stage: "preparing" }), other({ instanceId: "rm-2" })])
    expect(nextMoves(members, rules, { ...at, beside: [one] }).start).toEqual(["m1", "m2"]);
});

test("an instance that restores others restores none of the wave's meanwhile", () => {
  const members = [member("m1", { stage: "uploaded" })];
  const busy = nextMoves(members, rules, { ...at, beside: [other({ stage: "restoring" })] });
  expect([busy.restore, busy.waits.get("m1")]).toEqual([[], "instance_busy"]);
  const elsewhere = [other({ stage: "restoring", instanceId: "rm-2" })];
  expect(nextMoves(members, rules, { ...at, beside: elsewhere }).restore).toEqual(["m1"]);
});

test("what others still take of the disk is not free; two that wait for a restore do not wait for one another", () => {
  const free = { ...at, freeBytes: () => 25 };
  const beside = [other({ bytes: 20, stage: "preparing" })];
  const short = nextMoves([member("m1", { bytes: 10 })], rules, { ...free, beside });
  expect([short.start, short.waits.get("m1"), short.room.get("m1")]).toEqual([[], "space", 5]);
  const uploaded = [member("m1", { bytes: 10, stage: "uploaded" })];
  expect(nextMoves(uploaded, rules, { ...free, beside }).waits.get("m1")).toBe("space");
  const bothUploaded = [other({ bytes: 20, stage: "uploaded" })];
  expect(nextMoves(uploaded, rules, { ...free, beside: bothUploaded }).restore).toEqual(["m1"]);
  const onDisk = [other({ bytes: 20, onDisk: true })];
  expect(nextMoves([member("m1", { bytes: 10 })], rules, { ...free, beside: onDisk }).start).toEqual(["m1"]);
});

test("four imports are kept for each of the others, too", () => {
  const beside = [other(), other(), other({ stage: "waiting" }), other({ stage: "online" })];
  const moves = (left: number) =>
    nextMoves([member("m1")], rules, { ...at, beside, importsLeft: () => left });
  expect(moves(11).waits.get("m1")).toBe("imports_kept");
  expect(moves(12).start).toEqual(["m1"]);
});

test("a forecast keeps others' space and imports, and takes none of them for one that never makes room", () => {
  expect(withoutPlaces([other({ stage: "restoring" }), other({ stage: "waiting" })])).toMatchObject([
    { stage: "rounds" },
    { stage: "waiting" },
  ]);
  const one = foreseen("m1", [100, 300, 50, 10], { bytes: 10 });
  const now = { ...at, needsApproval: false, beginsAtMs: null, freeBytes: () => 25 };
  const small = [other({ stage: "restoring", bytes: 5 }), other({ stage: "preparing", bytes: 5 })];
  expect(forecastWave([one], rules, null, { ...now, beside: small }).last?.p50Ms).toBe(T0 + 460_000);
  const large = [other({ stage: "restoring", bytes: 20 })];
  expect(forecastWave([one], rules, null, { ...now, beside: large }).last).toBeNull();
});
