import { expect, test } from "vitest";
import type { WaveMemberView, WaveView } from "@/lib/contracts/wave";
import { cutover } from "@/lib/wave/wave-fixture";
import { memberOf, waveOf } from "../wave-view-fixture";
import { waitsFor } from "./wait-of";

const ONLINE_AT = "2026-05-17T01:00:00.000Z";

function on(instanceId: string, member: WaveMemberView): WaveMemberView {
  const { migration } = member;
  return { ...member, migration: { ...migration, target: { ...migration.target, instanceId } } };
}

const waits = on("rm-1", memberOf("HR", 3, { wait: "turn" }));
const others = [
  on("rm-1", memberOf("Sales", 1, { stage: "cutting_over" })),
  on("rm-2", memberOf("ERP", 2, { stage: "cutting_over" })),
];
const namesOf = (wave: Partial<WaveView>) => waitsFor(waits, waveOf({ cutover, ...wave }))?.name ?? null;

test("it waits for the one that is cut over in its own row", () => {
  expect(namesOf({ members: [...others, waits] })).toBe("Sales");
  expect(namesOf({ members: [...others.slice(1), waits] })).toBeNull();
  const oneRow = { ...cutover, perInstance: false };
  expect(namesOf({ members: [...others.slice(1), waits], cutover: oneRow })).toBe("ERP");
});

test("until the last that came online may not be taken back any more", () => {
  const early = on("rm-1", memberOf("Sales", 1, { stage: "online", onlineAt: "2026-05-17T00:30:00.000Z" }));
  const late = on("rm-1", memberOf("CRM", 2, { stage: "online", onlineAt: ONLINE_AT }));
  const member = { ...waits, wait: "revert_window" as const };
  const wave = waveOf({ cutover: { ...cutover, waitMinutes: 60 }, members: [late, early, member] });
  expect(waitsFor(member, wave)).toEqual({ name: "CRM", untilMs: Date.parse(ONLINE_AT) + 3_600_000 });
});

test("what waits for something else waits for nobody", () => {
  const member = { ...waits, wait: "not_open" as const };
  expect(waitsFor(member, waveOf({ cutover, members: [...others, member] }))).toBeNull();
  expect(waitsFor(waits, waveOf({ cutover: null, members: [...others, waits] }))).toBeNull();
});
