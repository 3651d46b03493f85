import type { WaveMemberView, WaveView } from "@/lib/contracts/wave";
import { type ImportsUsed, NO_IMPORTS } from "@/lib/migration/import-budget";
import { INSTANCE_IMPORTS_PER_DAY } from "@/lib/migration/rds-limits";
import type { KeptForecasts } from "@/lib/plan/kept-forecast";
import { forecastFacts, toSummaryView } from "@/lib/services/migration/migration-view";
import type { WaveRow } from "@/lib/store/wave-rows";
import { besideOn } from "@/lib/wave/beside";
import { cutoverTurns } from "@/lib/wave/cutover-turns";
import { type ForecastAt, forecastWave, type MemberForecast } from "@/lib/wave/forecast-wave";
import { isOver } from "@/lib/wave/member-stage";
import { nextMoves } from "@/lib/wave/next-moves";
import type { AfterWave, Neighbours } from "./after-wave";
import {
  freeBytesBy,
  importsLeftBy,
  takenBackOf,
  toCutoverMember,
  toForecastMember,
  toWaveMember,
} from "./member-facts";
import { type BesideRow, toBeside } from "./read-beside";
import type { Member } from "./read-members";

export interface WaveFacts {
  wave: WaveRow;
  members: readonly Member[];
  /** What else is under way on its servers and instances. */
  beside: readonly BesideRow[];
  importsUsed: (instanceId: string, databaseName: string) => ImportsUsed;
  needsApproval: boolean;
  after: AfterWave | null;
  /** When the wave that it follows lets it begin, as far as that is foreseen; null: it waits for none. */
  beginsAtMs: ForecastAt["beginsAtMs"];
  neighbours: Neighbours;
  now: Date;
  /** How many times faster than real ones the sandbox's services run. */
  timeFactor: number;
  forecasts: KeptForecasts;
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Where a wave stands. */
export function waveStatus(wave: Pick<WaveRow, "startedAt" | "pausedAt" | "endedAt">): WaveView["status"] {
  if (wave.startedAt === null) return "draft";
  if (wave.endedAt !== null) return "over";
  return wave.pausedAt === null ? "running" : "paused";
}

/** The wave with everything its page shows, by the same rules as the engine goes by. */
export function toWaveView(facts: WaveFacts): WaveView {
  const { wave, members, importsUsed, needsApproval, after, now } = facts;
  const nowMs = now.getTime();
  const importsLeft = importsLeftBy(importsUsed);
  const freeBytes = freeBytesBy(wave.spaces);
  const beside = facts.beside.map((one) => toBeside(one, wave.spaces));
  const status = waveStatus(wave);
  const moves = nextMoves(
    members.map((member) => toWaveMember(member, wave)),
    wave.rules,
    {
      nowMs,
      hold: status !== "running" ? "paused" : after === null ? null : "after_wave",
      importsLeft,
      freeBytes,
      beside,
    },
  );
  const turns =
    wave.cutover &&
    cutoverTurns(wave.cutover, members.map(toCutoverMember), {
      nowMs,
      paused: status === "paused",
      needsApproval,
    });
  const forecast = forecastWave(
    members.map((member) => toForecastMember(member, wave, nowMs)),
    wave.rules,
    wave.cutover,
    { nowMs, importsLeft, freeBytes, beside, needsApproval, beginsAtMs: facts.beginsAtMs },
  );
  const instances = [...new Set(members.flatMap(({ row }) => row.instanceId ?? []))].sort();
  const { last, second } = forecast;
  return {
    id: wave.id,
    name: wave.name,
    status,
    createdBy: wave.createdBy,
    createdAt: wave.createdAt.toISOString(),
    startedAt: wave.startedAt?.toISOString() ?? null,
    endedAt: wave.endedAt?.toISOString() ?? null,
    form: wave.form,
    rules: wave.rules,
    cutover: wave.cutover,
    needsApproval,
    ...facts.neighbours,
    after: after && { name: after.name, until: iso(after.untilMs) },
    members: members.map((member) => {
      const { id } = member.row;
      const stands = status === "paused" && isHeldUpload(member) ? "paused" : null;
      const wait =
        status === "draft" ? null : (moves.waits.get(id) ?? turns?.waits.get(id) ?? stands ?? null);
      const roomBytes = wait === "space" ? (moves.room.get(id) ?? null) : null;
      return toMemberView(member, facts, { wait, roomBytes, foreseen: forecast.members.get(id) ?? null });
    }),
    last: last && {
      migrationId: last.id,
      p50: new Date(last.p50Ms).toISOString(),
      p90: new Date(last.p90Ms).toISOString(),
    },
    second: second && { migrationId: second.id, p50: new Date(second.p50Ms).toISOString() },
    unforeseen: forecast.unforeseen.length,
    instances: instances.map((instanceId) => ({
      instanceId,
      importsUsed: importsUsed(instanceId, "").ofInstance,
      importsLimit: INSTANCE_IMPORTS_PER_DAY,
      space: wave.spaces[instanceId]?.said ?? null,
      beside: {
        ...besideOn(instanceId, beside),
        waves: wavesOn(instanceId, facts.beside),
      },
    })),
    serverNow: now.toISOString(),
  };
}

/** Names of the other waves that have members there, each once. */
function wavesOn(instanceId: string, beside: readonly BesideRow[]): string[] {
  const there = beside.filter(({ member }) => member.row.instanceId === instanceId && !isOver(member.stage));
  return [...new Set(there.flatMap(({ wave }) => wave?.name ?? []))].sort();
}

function toMemberView(
  member: Member,
  { wave, importsUsed, forecasts, now, timeFactor }: WaveFacts,
  {
    wait,
    roomBytes,
    foreseen,
  }: Pick<WaveMemberView, "wait" | "roomBytes"> & {
    foreseen: { p50: MemberForecast; p90: MemberForecast } | null;
  },
): WaveMemberView {
  const { row, kept, part, stage } = member;
  const counted = row.startedAt !== null && row.instanceId !== null && row.targetDatabase !== null;
  const importsToday = counted ? importsUsed(row.instanceId ?? "", row.targetDatabase ?? "") : NO_IMPORTS;
  const { ground, ...facts } = forecastFacts({ columns: row, kept, now, timeFactor });
  const forecast = ground && forecasts.show(row.id, ground, facts);
  const migration = toSummaryView({ columns: row, kept, importsToday, now, forecast });
  const plan = wave.plans[row.id] ?? null;
  const range = (name: keyof MemberForecast) => {
    const [p50, p90] = [foreseen?.p50[name] ?? null, foreseen?.p90[name] ?? null];
    return p50 === null || isOver(stage)
      ? null
      : { p50: new Date(p50).toISOString(), p90: new Date(p90 ?? p50).toISOString() };
  };
  return {
    // A draft's server is no column of its row before it starts.
    migration: {
      ...migration,
      source: { ...migration.source, connectionId: row.sourceConnectionId ?? row.draft.sourceConnectionId },
      target: { ...migration.target, connectionId: row.cloudConnectionId ?? row.draft.cloudConnectionId },
    },
    place: row.wavePlace ?? 0,
    folders: { source: row.draft.sourceFolder, local: row.draft.localFolder },
    bytes: plan?.bytes ?? row.draft.plan.databaseBytes,
    stage,
    wait,
    roomBytes,
    note: part.note,
    armed: row.armed?.until.by === "wave" && !isOver(stage),
    heldBecause: row.armed?.look?.reason ?? null,
    takenBack: takenBackOf(member)?.by ?? null,
    done: doneOf(member),
    foreseen: {
      start: range("startsAtMs"),
      restored: range("restoredAtMs"),
      ready: range("readyAtMs"),
      cutover: range("cutoverAtMs"),
      online: range("onlineAtMs"),
    },
    downtimeSeconds:
      migration.forecast?.downtimeSeconds ??
      (plan?.seconds ? { p50: plan.seconds.p50.downtime, p90: plan.seconds.p90.downtime } : null),
    onlineAt: row.onlineAt?.toISOString() ?? null,
    stoppedAt: row.writesStoppedAt?.toISOString() ?? null,
  };
}

/** It would send its first backup, and does not while the wave pauses. */
function isHeldUpload({ stage, steps }: Member): boolean {
  return stage === "preparing" && steps.some(({ kind }) => kind === "upload");
}

/** Of the step that counts what it has done, bytes before percent. */
function doneOf({ steps }: Member): number | null {
  for (const { progress } of steps) {
    if (progress === null) continue;
    const { doneBytes, totalBytes, percent } = progress;
    if (doneBytes !== null && totalBytes !== null && totalBytes > 0)
      return Math.min(1, doneBytes / totalBytes);
    if (percent !== null) return Math.min(1, percent / 100);
  }
  return null;
}
