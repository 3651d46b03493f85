import { z } from "zod";
import type { KnownIdentity, Timeline } from "@/lib/chain/verdict";
import { TIMELINE_JUDGES } from "./vocabulary/timeline-judge";

/** One of the timelines that there is to choose between. LSNs as digits. */
export const TimelineChoice = z.object({
  familyGuid: z.string().nullable(),
  forkGuid: z.string().nullable(),
  forkPointLsn: z.string().nullable(),
  names: z.array(z.string()),
  sets: z.number(),
  /** When the newest of its backups finished, the source's wall clock. */
  newestAt: z.string().nullable(),
  firstLsn: z.string().nullable(),
  lastLsn: z.string(),
});
export type TimelineChoice = z.infer<typeof TimelineChoice>;

/** Which timeline is meant, of those that were found where a draft takes its files from. */
export const ChosenTimeline = z.strictObject({
  found: z.array(TimelineChoice).max(50),
  familyGuid: z.string().nullable(),
  forkGuid: z.string().nullable(),
});
export type ChosenTimeline = z.infer<typeof ChosenTimeline>;

/** Timelines that a migration's files were found to be of, and which of them is meant. */
export const KnownTimelines = z.object({
  /** The newest first. */
  found: z.array(TimelineChoice),
  /** Null: a person must say. `by` is the source itself, or a person, whose name is `who`. */
  confirmed: z
    .object({
      familyGuid: z.string().nullable(),
      forkGuid: z.string().nullable(),
      by: z.enum(TIMELINE_JUDGES),
      who: z.string().nullable(),
    })
    .nullable(),
});
export type KnownTimelines = z.infer<typeof KnownTimelines>;

type Ids = Pick<TimelineChoice, "familyGuid" | "forkGuid">;

export function isSameTimeline(a: Ids, b: Ids): boolean {
  return a.familyGuid === b.familyGuid && a.forkGuid === b.forkGuid;
}

/** What the chain is told of the choice; null while nobody has made it. */
export function knownIdentity(known: KnownTimelines | null): KnownIdentity | null {
  if (!known?.confirmed) return null;
  const { by, familyGuid, forkGuid } = known.confirmed;
  return { by, familyGuid, forkGuid };
}

/**
 * Whether files of these timelines may be acted upon: there is nothing to choose, or the choice was made when each of
 * them was known. One that appears later is asked about again.
 */
export function isTimelineSettled(timelines: readonly Timeline[], known: KnownTimelines | null): boolean {
  if (timelines.length === 0) return true;
  if (!known?.confirmed) return false;
  const seen: readonly Ids[] = [...known.found, known.confirmed];
  return timelines.every((timeline) => seen.some((one) => isSameTimeline(one, timeline)));
}

/** As it is kept and shown. */
export function toTimelineChoice(timeline: Timeline): TimelineChoice {
  const { firstLsn, lastLsn, forkPointLsn } = timeline;
  return {
    ...timeline,
    forkPointLsn: forkPointLsn?.toString() ?? null,
    firstLsn: firstLsn?.toString() ?? null,
    lastLsn: lastLsn.toString(),
  };
}
