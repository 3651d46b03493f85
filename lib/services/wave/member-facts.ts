import type { ImportsUsed } from "@/lib/migration/import-budget";
import { INSTANCE_IMPORTS_PER_DAY } from "@/lib/migration/rds-limits";
import type { WaveRow } from "@/lib/store/wave-rows";
import type { CutoverMember } from "@/lib/wave/cutover-turns";
import type { ForecastMember } from "@/lib/wave/forecast-wave";
import { needsPerson } from "@/lib/wave/needs-person";
import type { WaveMember } from "@/lib/wave/next-moves";
import type { MemberSeconds } from "@/lib/wave/wave-rules";
import { sourceOf } from "./read-beside";
import type { Member } from "./read-members";

/** A start that was refused is tried again after so long. */
const RETRY_START_MS = 60_000;

/** Imports that an instance still takes today. */
export function importsLeftBy(
  used: (instanceId: string, databaseName: string) => ImportsUsed,
): (instanceId: string) => number {
  return (instanceId) => Math.max(0, INSTANCE_IMPORTS_PER_DAY - used(instanceId, "").ofInstance);
}

/** Bytes that an instance said last are free on its disk; null: nobody knows. */
export function freeBytesBy(spaces: WaveRow["spaces"]): (instanceId: string) => number | null {
  return (instanceId) => spaces[instanceId]?.said?.freeBytes ?? null;
}

/** What a wave knows of its members beside their rows. */
type Known = Pick<WaveRow, "plans" | "spaces">;

/** What decides when a member begins. */
export function toWaveMember(member: Member, wave: Known): WaveMember {
  const { row, part, stage } = member;
  const { note } = part;
  const { draft } = row;
  return {
    id: row.id,
    place: row.wavePlace ?? 0,
    sourceId: sourceOf(member),
    instanceId: row.instanceId,
    bytes: wave.plans[row.id]?.bytes ?? draft.plan.databaseBytes,
    stage,
    onDisk: row.instanceId !== null && (wave.spaces[row.instanceId]?.onDisk.includes(row.id) ?? false),
    notBeforeMs: note?.asked === "start" ? Date.parse(note.at) + RETRY_START_MS : null,
  };
}

/** What took its cutover back, unless a person has asked since to try again; null: nothing did. */
export function takenBackOf({ row, part }: Pick<Member, "row" | "part">): Member["row"]["takenBack"] {
  const { takenBack } = row;
  if (takenBack === null || part.againAt === null) return takenBack;
  return Date.parse(part.againAt) >= Date.parse(takenBack.releasedAt) ? null : takenBack;
}

/** Whether it waits for a person, as its wave's page says it. */
export function needsPersonOf(member: Member): boolean {
  const { row, kept, part, stage } = member;
  return needsPerson({
    stage,
    need: kept.needs?.key ?? null,
    refused: part.note !== null,
    takenBack: takenBackOf(member) !== null,
    armed: row.armed?.until.by === "wave",
  });
}

/** What decides when a member is cut over. */
export function toCutoverMember(member: Member): CutoverMember {
  const { row, part, stage } = member;
  const { armed } = row;
  const takenBack = takenBackOf(member);
  const byWave = armed?.until.by === "wave";
  const takenOut = part.note?.asked === "cutover" ? Date.parse(part.note.at) : null;
  const backMs = takenBack === null ? null : Date.parse(takenBack.releasedAt);
  return {
    id: row.id,
    place: row.wavePlace ?? 0,
    instanceId: row.instanceId,
    stage,
    armed: byWave,
    own: armed !== null && !byWave,
    outSinceMs: takenOut === null && backMs === null ? null : Math.max(takenOut ?? 0, backMs ?? 0),
    triedAtMs: byWave && armed.look?.reason != null ? Date.parse(armed.look.at) : null,
    onlineAtMs: row.onlineAt?.getTime() ?? null,
    isLate: row.cutover?.deadline?.after === "ask" && row.cutover.deadline.passed !== null,
  };
}

/**
 * What is left of a member, by the plan that was made of it and by how long it has been at its stage. What takes longer than was
 * foreseen is taken for a tenth of the plan longer, whenever it is asked.
 */
export function toForecastMember(member: Member, wave: Known, nowMs: number): ForecastMember {
  const plan = wave.plans[member.row.id]?.seconds ?? null;
  const { startedAt, cutover, writesStoppedAt } = member.row;
  const startedMs = startedAt?.getTime() ?? nowMs;
  const sinceSeconds = (nowMs - startedMs) / 1_000;
  const downSince = writesStoppedAt?.getTime() ?? (cutover ? Date.parse(cutover.requestedAt) : nowMs);
  const downSeconds = (nowMs - downSince) / 1_000;
  const rest = (seconds: MemberSeconds): MemberSeconds => {
    const left = (whole: number, spent: number) => Math.max(whole - spent, whole / 10);
    switch (member.stage) {
      case "preparing":
        return { ...seconds, prepare: left(seconds.prepare, sinceSeconds) };
      case "restoring":
        return {
          ...seconds,
          restore: left(seconds.restore, restoringFor(member, nowMs) ?? sinceSeconds - seconds.prepare),
        };
      case "rounds":
        // Rounds have caught up when the last log is small; until then what the plan says is left of it.
        return { ...seconds, catchUp: isCaughtUp(member) ? 0 : left(seconds.catchUp, 0) };
      case "cutting_over":
        return { ...seconds, downtime: left(seconds.downtime, downSeconds) };
      default:
        return seconds;
    }
  };
  return {
    ...toCutoverMember(member),
    ...toWaveMember(member, wave),
    seconds: plan === null ? null : { p50: rest(plan.p50), p90: rest(plan.p90) },
  };
}

/** Seconds since the full was handed to RDS, as its stage began; null: nobody knows. */
function restoringFor({ row, part }: Member, nowMs: number): number | null {
  if (part.restoreSince === null || row.startedAt === null) return null;
  return (nowMs - Date.parse(part.restoreSince)) / 1_000;
}

function isCaughtUp({ kept }: Member): boolean {
  return kept.needs?.key === "cutover_ready" || kept.filesImported > 1;
}
