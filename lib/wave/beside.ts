import { RESERVED_IMPORTS } from "@/lib/migration/rds-limits";
import { isOver, type MemberStage } from "./member-stage";

/** A migration of its own, or a member of another wave that runs, on a server or an instance that a wave uses. */
export interface Beside {
  sourceId: string | null;
  instanceId: string | null;
  /** Of its database; null: nobody knows. */
  bytes: number | null;
  stage: MemberStage;
  /** Its database is part of what its instance says is used of its disk. */
  onDisk: boolean;
}

/** What others are about to take of an instance, beside what is taken already. */
export interface BesideOn {
  /** How many of them are not over; members that wait in a wave that runs are among them. */
  count: number;
  /** How many have begun. */
  begun: number;
  /** Of its disk, by the sizes that their databases have at the source. */
  bytes: number;
  /** Of how many the size is not known: they are not in `bytes`. */
  unknown: number;
  /** Imports of today that stay theirs. */
  imports: number;
}

/** Sums up what others still take of an instance. One that stopped takes nothing until a person lets it go on. */
export function besideOn(instanceId: string, beside: readonly Beside[]): BesideOn {
  const there = beside.filter((one) => one.instanceId === instanceId && !isOver(one.stage));
  const toCome = there.filter(({ stage, onDisk }) => !onDisk && stage !== "stopped");
  const begun = there.filter(({ stage }) => stage !== "waiting").length;
  return {
    count: there.length,
    begun,
    bytes: toCome.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    unknown: toCome.filter(({ bytes }) => bytes === null).length,
    imports: begun * RESERVED_IMPORTS,
  };
}

/**
 * The same others as a forecast takes them: their space and their imports stay theirs, but when one makes room at a server or an
 * instance nobody foresees, so none stands in the way there.
 */
export function withoutPlaces(beside: readonly Beside[]): Beside[] {
  const placed: ReadonlySet<MemberStage> = new Set(["preparing", "uploaded", "restoring"]);
  return beside.map((one) => (placed.has(one.stage) ? { ...one, stage: "rounds" } : one));
}
