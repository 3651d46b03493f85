import { INSTANCE_IMPORTS_PER_DAY, importDayBegan } from "@/lib/migration/rds-limits";
import { withoutPlaces } from "./beside";
import { type CutoverMember, cutoverTurns } from "./cutover-turns";
import { isOver, type MemberStage } from "./member-stage";
import { type MovesAt, nextMoves, type WaveMember } from "./next-moves";
import type { MemberSeconds, WaveCutover, WaveRules } from "./wave-rules";

/** A member as a forecast knows it; null: nobody knows its size. */
export interface ForecastMember
  extends WaveMember,
    Omit<CutoverMember, "id" | "place" | "instanceId" | "stage"> {
  seconds: { p50: MemberSeconds; p90: MemberSeconds } | null;
}

/** Milliseconds since 1970; null: it is not foreseen. */
export interface MemberForecast {
  startsAtMs: number | null;
  restoredAtMs: number | null;
  readyAtMs: number | null;
  cutoverAtMs: number | null;
  onlineAtMs: number | null;
}

export interface WaveForecast {
  members: ReadonlyMap<string, { p50: MemberForecast; p90: MemberForecast }>;
  /** The last one online; null: none is foreseen. */
  last: { id: string; p50Ms: number; p90Ms: number } | null;
  /** Who would be the last without it. */
  second: { id: string; p50Ms: number } | null;
  /** Members of which nothing is foreseen: they have stopped, or nobody knows their size. */
  unforeseen: string[];
}

/** Where a wave has no cutover yet: begun by hand as soon as a member is ready. */
export type ForecastClock = WaveCutover | null;

export interface ForecastAt extends Omit<MovesAt, "hold"> {
  needsApproval: boolean;
  /** When the wave that it follows lets it begin, milliseconds since 1970, infinite where nobody can say; null: it follows none. */
  beginsAtMs: { p50: number; p90: number } | null;
}

/**
 * When each member begins, is restored, ready and online: the wave is played on a virtual clock by the very rules that the engine
 * goes by, once with what is likely of each part and once with what each passes once in ten times. All passing theirs at once
 * is rarer than that, so the second is an upper bound rather than a quantile of the whole.
 */
export function forecastWave(
  members: readonly ForecastMember[],
  rules: WaveRules,
  clock: ForecastClock,
  at: ForecastAt,
): WaveForecast {
  const likely = play(members, rules, clock, at, "p50");
  const late = play(members, rules, clock, at, "p90");
  const both = new Map(
    members.map(({ id }) => [id, { p50: likely.get(id) ?? NOTHING, p90: late.get(id) ?? NOTHING }]),
  );
  const ends = [...both]
    .flatMap(([id, { p50, p90 }]) =>
      p50.onlineAtMs === null ? [] : [{ id, p50Ms: p50.onlineAtMs, p90Ms: p90.onlineAtMs ?? p50.onlineAtMs }],
    )
    .sort((a, b) => b.p50Ms - a.p50Ms);
  const lastP90 = Math.max(...ends.map(({ p90Ms }) => p90Ms));
  const [last, second] = ends;
  const isUnforeseen = ({ id, stage }: ForecastMember) =>
    !isOver(stage) && both.get(id)?.p50.onlineAtMs === null;
  return {
    members: both,
    last: last ? { ...last, p90Ms: lastP90 } : null,
    second: second ? { id: second.id, p50Ms: second.p50Ms } : null,
    unforeseen: members.filter(isUnforeseen).map(({ id }) => id),
  };
}

const DAY_MS = 24 * 3_600_000;

const NOTHING: MemberForecast = {
  startsAtMs: null,
  restoredAtMs: null,
  readyAtMs: null,
  cutoverAtMs: null,
  onlineAtMs: null,
};

interface Played extends ForecastMember {
  /** When its stage ends by itself. */
  endsAtMs: number | null;
  readyAtMs: number | null;
  told: MemberForecast;
}

/** More turns than any wave takes: each member changes its stage a handful of times. */
const TURNS_A_MEMBER = 40;

function play(
  members: readonly ForecastMember[],
  rules: WaveRules,
  clock: ForecastClock,
  at: ForecastAt,
  which: "p50" | "p90",
): Map<string, MemberForecast> {
  const played = members.map((member) => begin(member, at.nowMs, which));
  const beside = withoutPlaces(at.beside);
  const beginsAtMs = at.beginsAtMs?.[which] ?? at.nowMs;
  const dayEndsMs = importDayBegan(new Date(at.nowMs)).getTime() + DAY_MS;
  let nowMs = at.nowMs;
  for (let turn = 0; turn < (members.length + 1) * TURNS_A_MEMBER; turn += 1) {
    for (const member of played) settle(member, nowMs, which);
    const moves = nextMoves(
      // What nobody can foresee takes no place here: where it stands is not known either.
      played.filter(({ seconds, stage }) => seconds !== null || stage !== "waiting"),
      rules,
      {
        nowMs,
        hold: nowMs < beginsAtMs ? "after_wave" : null,
        importsLeft: nowMs < dayEndsMs ? at.importsLeft : () => INSTANCE_IMPORTS_PER_DAY,
        freeBytes: at.freeBytes,
        beside,
      },
    );
    for (const member of played) {
      if (moves.start.includes(member.id)) enter(member, "preparing", nowMs, which);
      if (moves.restore.includes(member.id)) enter(member, "restoring", nowMs, which);
    }
    const ready = played.filter(({ readyAtMs }) => readyAtMs !== null && readyAtMs <= nowMs);
    for (const id of turnsOf(played, ready, clock, { nowMs, needsApproval: at.needsApproval })) {
      const member = played.find((one) => one.id === id);
      if (member) enter(member, "cutting_over", nowMs, which);
    }
    const next = nextInstant(played, clock, nowMs, [
      ...(Number.isFinite(beginsAtMs) ? [beginsAtMs] : []),
      // Who waits for imports has them with the new day.
      ...([...moves.waits.values()].includes("imports_kept") ? [dayEndsMs] : []),
    ]);
    if (next === null) break;
    nowMs = next;
  }
  return new Map(played.map(({ id, told }) => [id, told]));
}

function begin(member: ForecastMember, nowMs: number, which: "p50" | "p90"): Played {
  const played: Played = { ...member, endsAtMs: null, readyAtMs: null, told: { ...NOTHING } };
  const seconds = member.seconds?.[which];
  if (member.stage === "online") played.told.onlineAtMs = member.onlineAtMs;
  if (!seconds) {
    // When it makes room nobody knows; others are foreseen as if it did not stand in their way.
    if (member.stage !== "waiting" && !isOver(member.stage)) played.stage = "stopped";
    return played;
  }
  if (member.stage === "preparing") played.endsAtMs = nowMs + seconds.prepare * 1_000;
  if (member.stage === "restoring") played.endsAtMs = nowMs + seconds.restore * 1_000;
  if (member.stage === "cutting_over") played.endsAtMs = nowMs + seconds.downtime * 1_000;
  if (member.stage === "rounds") {
    played.readyAtMs = nowMs + seconds.catchUp * 1_000;
    played.told.readyAtMs = played.readyAtMs;
  }
  return played;
}

/** What has ended by now goes on to the next stage. */
function settle(member: Played, nowMs: number, which: "p50" | "p90"): void {
  if (member.endsAtMs === null || member.endsAtMs > nowMs) return;
  const at = member.endsAtMs;
  member.endsAtMs = null;
  if (member.stage === "preparing") member.stage = "uploaded";
  else if (member.stage === "restoring") {
    member.stage = "rounds";
    member.told.restoredAtMs = at;
    member.readyAtMs = at + (member.seconds?.[which].catchUp ?? 0) * 1_000;
    member.told.readyAtMs = member.readyAtMs;
  } else if (member.stage === "cutting_over") {
    member.stage = "online";
    member.onlineAtMs = at;
    member.told.onlineAtMs = at;
  }
}

function enter(member: Played, stage: MemberStage, nowMs: number, which: "p50" | "p90"): void {
  const seconds = member.seconds?.[which];
  member.stage = stage;
  if (stage === "preparing") member.told.startsAtMs = nowMs;
  if (stage === "cutting_over") member.told.cutoverAtMs = nowMs;
  if (!seconds) return;
  const lasts = { preparing: seconds.prepare, restoring: seconds.restore, cutting_over: seconds.downtime };
  member.endsAtMs =
    nowMs +
    (stage === "preparing" || stage === "restoring" || stage === "cutting_over" ? lasts[stage] : 0) * 1_000;
}

function turnsOf(
  all: readonly Played[],
  ready: readonly Played[],
  clock: ForecastClock,
  at: { nowMs: number; needsApproval: boolean },
): string[] {
  if (clock === null) return ready.filter(({ stage }) => stage === "rounds").map(({ id }) => id);
  const armed = all.map((member) => ({
    ...member,
    armed: ready.includes(member),
    triedAtMs: null,
    // A past that only the row of the real one knows: what is foreseen counts from here on.
    stage: member.stage === "rounds" && !ready.includes(member) ? ("restoring" as const) : member.stage,
  }));
  // A clock that a person starts is taken for started, an approval for given: when they come nobody can foresee.
  const given = clock.approved ?? { by: "", byId: "", at: clock.askedAt };
  const goAt = clock.window === null ? (clock.goAt ?? clock.askedAt) : clock.goAt;
  return cutoverTurns({ ...clock, approved: given, goAt }, armed, { ...at, paused: false }).release;
}

/** The next instant at which anything may change; null: none. */
function nextInstant(
  played: readonly Played[],
  clock: ForecastClock,
  nowMs: number,
  others: readonly number[],
): number | null {
  const instants = played.flatMap(({ endsAtMs, readyAtMs, stage, notBeforeMs, onlineAtMs }) => [
    ...(endsAtMs === null ? [] : [endsAtMs]),
    ...(stage === "rounds" && readyAtMs !== null ? [readyAtMs] : []),
    ...(stage === "waiting" && notBeforeMs !== null ? [notBeforeMs] : []),
    ...(clock !== null && onlineAtMs !== null ? [onlineAtMs + clock.waitMinutes * 60_000] : []),
  ]);
  instants.push(...others);
  if (clock?.window) instants.push(Date.parse(clock.window.opensAt));
  const later = instants.filter((ms) => ms > nowMs);
  return later.length === 0 ? null : Math.min(...later);
}
