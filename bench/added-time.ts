/** What a cutover is made of outside Chainferry, in its order; `online` is where it ends. */
export const CUTOVER_PARTS = ["stop", "backup", "upload", "import", "restore", "open", "opening"] as const;
export type CutoverPart = (typeof CUTOVER_PARTS)[number];

/** One stretch of time in which a service did what the cutover is made of. Milliseconds since 1970. */
export interface ServiceTime {
  part: CutoverPart;
  fromMs: number;
  toMs: number;
}

export interface AddedTime {
  wallMs: number;
  /** Time in which at least one service was at it, overlaps counted once. */
  servicesMs: number;
  /** The rest: what nobody but us was the reason for. */
  addedMs: number;
  /** The rest by the part that it came before: `online` is from the end of all parts to the end of the cutover. */
  before: Record<CutoverPart | "online", number>;
}

/** Takes the services' own time out of the time from `fromMs` to `toMs`; what they did before or after does not count. */
export function addedTime(
  window: { fromMs: number; toMs: number },
  services: readonly ServiceTime[],
): AddedTime {
  const before: AddedTime["before"] = {
    stop: 0,
    backup: 0,
    upload: 0,
    import: 0,
    restore: 0,
    open: 0,
    opening: 0,
    online: 0,
  };
  let reachedMs = window.fromMs;
  for (const { part, fromMs, toMs } of [...services].sort((a, b) => a.fromMs - b.fromMs)) {
    if (toMs <= window.fromMs || fromMs >= window.toMs) continue;
    before[part] += Math.max(0, fromMs - reachedMs);
    reachedMs = Math.max(reachedMs, Math.min(toMs, window.toMs));
  }
  before.online = window.toMs - reachedMs;
  const wallMs = window.toMs - window.fromMs;
  const addedMs = Object.values(before).reduce((sum, ms) => sum + ms, 0);
  return { wallMs, servicesMs: wallMs - addedMs, addedMs, before };
}
