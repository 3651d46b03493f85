import { LONG_KINDS } from "@/lib/migration/long-kinds";

/**
 * Backups and uploads last for minutes or hours at a time, a look at what appeared may unpack an archive: with workers of
 * their own they keep each other, and the short steps that follow RDS or carry a cutover, waiting for nothing.
 */
export const LANES = ["steps", "backups", "uploads", "looks"] as const;
export type Lane = (typeof LANES)[number];

/** How many steps of each lane a process has in hand at a time. */
export const WORKERS = 4;

export interface OfferedStep {
  id: string;
  kind: string;
  dueAt: Date | null;
}

/** What hands due steps to whoever has time. It may lose them, or get them twice: the step row is what counts. */
export interface StepQueue {
  offer(due: readonly OfferedStep[]): Promise<void>;
  /** Hands out no more. What is in hand is the caller's to wait for. */
  stop(): Promise<void>;
}

const OF_LONG: Readonly<Record<(typeof LONG_KINDS)[number], Lane>> = {
  backup: "backups",
  upload: "uploads",
  find_file: "looks",
};
const LANE_OF: ReadonlyMap<string, Lane> = new Map(LONG_KINDS.map((kind) => [kind, OF_LONG[kind]]));

export function laneOf(kind: string): Lane {
  return LANE_OF.get(kind) ?? "steps";
}
