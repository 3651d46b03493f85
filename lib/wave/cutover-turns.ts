import type { MemberStage } from "./member-stage";
import { byPlace } from "./next-moves";
import type { WaveCutover } from "./wave-rules";

/** What of a member decides when it is cut over. Instants in milliseconds since 1970. */
export interface CutoverMember {
  id: string;
  /** Of the sequence. */
  place: number;
  instanceId: string | null;
  stage: MemberStage;
  /** Its cutover is armed for the wave. */
  armed: boolean;
  /** It was asked for, or armed, by a person for itself: the wave leaves it alone. */
  own: boolean;
  /** A person took it out of this cutover, or it was taken back by its deadline or hook since the wave's was asked for. */
  outSinceMs: number | null;
  /** It was to begin and could not. */
  triedAtMs: number | null;
  onlineAtMs: number | null;
  /** Its cutover has passed its deadline and goes on until a person says otherwise. */
  isLate: boolean;
}

/** Why a member's cutover does not begin now. Texts `wave.turn.*`. */
export const TURN_WAITS = [
  "not_ready",
  "not_armed",
  "needs_approval",
  "not_open",
  "closed",
  "paused",
  "turn",
  "revert_window",
  "tried_lately",
  "out",
  "own",
] as const;
export type TurnWait = (typeof TURN_WAITS)[number];

export interface CutoverTurns {
  /** Members whose cutover is to be armed. */
  arm: string[];
  /** Those that begin now. */
  release: string[];
  /** Of the others that are not over, why. */
  waits: ReadonlyMap<string, TurnWait>;
}

/** One that could not begin is asked again after so long; meanwhile others have their turn. */
const RETRY_MS = 30_000;

/**
 * One clock for all: from the opening on, or from a person's word, members that are armed begin: all together, or one after
 * another in their places, in one row or in one for each instance. Who is not ready, was taken back or could not begin holds
 * nobody; it has its turn when it is. In a row the next begins when the one before is online (and has been for the time in which
 * it may still be taken back), has stopped, or has passed its deadline and a person is asked: nobody knows when they answer. After the closing none begins.
 */
export function cutoverTurns(
  cutover: WaveCutover,
  members: readonly CutoverMember[],
  at: { nowMs: number; paused: boolean; needsApproval: boolean },
): CutoverTurns {
  const { nowMs } = at;
  const arm: string[] = [];
  const release: string[] = [];
  const waits = new Map<string, TurnWait>();
  const clock = clockOf(cutover, nowMs);
  const shut: TurnWait | null = at.paused
    ? "paused"
    : clock !== "open"
      ? clock
      : at.needsApproval && cutover.approved === null
        ? "needs_approval"
        : null;
  const candidates: CutoverMember[] = [];
  for (const member of members.toSorted(byPlace)) {
    const { id, stage } = member;
    if (stage === "online" || stage === "left_out" || stage === "cutting_over") continue;
    if (member.own) waits.set(id, "own");
    else if (isOut(member, cutover)) waits.set(id, "out");
    else if (stage !== "rounds") waits.set(id, "not_ready");
    else if (!member.armed) {
      waits.set(id, "not_armed");
      if (clock !== "closed") arm.push(id);
    } else if (shut !== null) waits.set(id, shut);
    else if (member.triedAtMs !== null && nowMs - member.triedAtMs < RETRY_MS) waits.set(id, "tried_lately");
    else candidates.push(member);
  }
  if (cutover.mode === "together") return { arm, release: candidates.map(({ id }) => id), waits };
  const rowOf = ({ instanceId }: CutoverMember) => (cutover.perInstance ? instanceId : null);
  const begun = new Set<string | null>();
  for (const member of candidates) {
    const row = members.filter((one) => rowOf(one) === rowOf(member));
    const wait = begun.has(rowOf(member)) ? "turn" : whyRowWaits(row, cutover, nowMs);
    if (wait !== null) waits.set(member.id, wait);
    else {
      begun.add(rowOf(member));
      release.push(member.id);
    }
  }
  return { arm, release, waits };
}

/** Whether the clock of a wave's cutover runs. */
export function clockOf(
  { window, goAt }: Pick<WaveCutover, "window" | "goAt">,
  nowMs: number,
): "not_open" | "open" | "closed" {
  // A person's word opens it before its time, and again after it.
  if (goAt !== null && (window === null || Date.parse(goAt) >= Date.parse(window.closesAt))) return "open";
  if (window === null) return "not_open";
  if (nowMs >= Date.parse(window.closesAt)) return "closed";
  return goAt !== null || nowMs >= Date.parse(window.opensAt) ? "open" : "not_open";
}

function isOut({ outSinceMs }: CutoverMember, { askedAt }: WaveCutover): boolean {
  return outSinceMs !== null && outSinceMs >= Date.parse(askedAt);
}

function whyRowWaits(
  row: readonly CutoverMember[],
  { waitMinutes, askedAt }: WaveCutover,
  nowMs: number,
): TurnWait | null {
  if (row.some(({ stage, isLate }) => stage === "cutting_over" && !isLate)) return "turn";
  const ends = row.flatMap(({ onlineAtMs }) =>
    onlineAtMs === null || onlineAtMs < Date.parse(askedAt) ? [] : [onlineAtMs],
  );
  return ends.some((ms) => nowMs < ms + waitMinutes * 60_000) ? "revert_window" : null;
}
