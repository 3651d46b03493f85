import type { CutoverMember } from "./cutover-turns";
import type { ForecastMember } from "./forecast-wave";
import type { WaveMember } from "./next-moves";
import type { WaveCutover } from "./wave-rules";

export const T0 = Date.parse("2026-06-06T18:00:00Z");
export const HOUR = 3_600_000;

export function member(id: string, over: Partial<WaveMember> = {}): WaveMember {
  const place = Number(id.replaceAll(/\D/g, "")) || 0;
  return {
    id,
    place,
    sourceId: "s1",
    instanceId: "rm-1",
    bytes: 1,
    stage: "waiting",
    onDisk: false,
    notBeforeMs: null,
    ...over,
  };
}

export function turn(id: string, over: Partial<CutoverMember> = {}): CutoverMember {
  const { place, instanceId } = member(id);
  const nothing = {
    armed: true,
    own: false,
    outSinceMs: null,
    triedAtMs: null,
    onlineAtMs: null,
    isLate: false,
  };
  return { id, place, instanceId, stage: "rounds", ...nothing, ...over };
}

export function foreseen(
  id: string,
  seconds: [number, number, number, number],
  over: Partial<ForecastMember> = {},
) {
  const [prepare, restore, catchUp, downtime] = seconds;
  const p50 = { prepare, restore, catchUp, downtime };
  const p90 = { prepare: prepare * 2, restore: restore * 2, catchUp: catchUp * 2, downtime: downtime * 2 };
  const one: ForecastMember = {
    ...turn(id, { armed: false }),
    ...member(id),
    seconds: { p50, p90 },
    ...over,
  };
  return one;
}

export const cutover: WaveCutover = {
  mode: "sequence",
  perInstance: true,
  waitMinutes: 0,
  stopWrites: "restricted_user",
  checkMode: "async",
  deadline: null,
  window: { opensAt: new Date(T0).toISOString(), closesAt: new Date(T0 + 3 * HOUR).toISOString() },
  askedAt: new Date(T0 - HOUR).toISOString(),
  askedBy: "Lin Wei",
  askedById: "p1",
  approved: null,
  goAt: null,
};
