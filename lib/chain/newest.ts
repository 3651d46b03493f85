import type { Origin } from "./origins";

/**
 * The one whose newest backup finished last, or null: two finished at the same moment, or one does not say when. The
 * higher LSN says nothing, as every timeline counts on from where it began.
 */
export function newestOf<T extends { newestMs: number | null }>(groups: readonly T[]): T | null {
  let newest: T | null = null;
  let tied = false;
  for (const group of groups) {
    if (group.newestMs === null) return null;
    if (newest?.newestMs == null || group.newestMs > newest.newestMs) {
      newest = group;
      tied = false;
    } else if (group.newestMs === newest.newestMs) tied = true;
  }
  return tied ? null : newest;
}

/**
 * When the newest set of each origin finished, as epoch milliseconds; null where none says. Wall clocks are compared as
 * they stand where one of them lacks its zone.
 */
export function momentsOf(origins: readonly Origin[]): (origin: Origin) => number | null {
  const zoned = origins.every(({ newestAt, zone }) => newestAt === null || zone !== null);
  let [parsed, ms] = ["", Number.NaN];
  return ({ newestAt, zone }) => {
    if (newestAt === null) return null;
    if (newestAt !== parsed) [parsed, ms] = [newestAt, Date.parse(`${newestAt}Z`)];
    return Number.isNaN(ms) ? null : ms - (zoned ? (zone ?? 0) * 15 * 60_000 : 0);
  };
}

/** The later of two moments, of which either may not be known. */
export function later(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
