import type { OfferedStep } from "./step-queue";

/** After so long what was offered may be lost, and is offered again. */
const LOST_AFTER_MS = 2_000;

/** What a process has offered a moment ago: each sweep finds all that still waits for a worker, and a job of each is there. */
export class OfferedBefore {
  private readonly byId = new Map<string, { dueMs: number | null; atMs: number }>();

  /** Those that were not offered for this time of theirs, or so long ago that the job may be lost. They count as offered now. */
  fresh(due: readonly OfferedStep[], nowMs = performance.now()): OfferedStep[] {
    for (const [id, { atMs }] of this.byId) if (nowMs - atMs >= LOST_AFTER_MS) this.byId.delete(id);
    return due.filter(({ id, dueAt }) => {
      const dueMs = dueAt?.getTime() ?? null;
      const before = this.byId.get(id);
      if (before !== undefined && before.dueMs === dueMs) return false;
      this.byId.set(id, { dueMs, atMs: nowMs });
      return true;
    });
  }

  /** It was run: whatever it waits for now is offered at once. */
  forget(id: string): void {
    this.byId.delete(id);
  }
}
