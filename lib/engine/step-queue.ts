/** Uploads last for minutes at a time: with workers of their own they keep nobody else waiting. */
export type Lane = "steps" | "uploads";

/** How many steps of each lane a process has in hand at a time. */
export const WORKERS = 4;

/** What hands due steps to whoever has time. It may lose them, or get them twice: the step row is what counts. */
export interface StepQueue {
  offer(due: { id: string; kind: string }[]): Promise<void>;
  /** Hands out no more. What is in hand is the caller's to wait for. */
  stop(): Promise<void>;
}

export function laneOf(kind: string): Lane {
  return kind === "upload" ? "uploads" : "steps";
}
