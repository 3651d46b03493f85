import { UTC_OFFSET_MINUTES } from "../model/sandbox-clock";

/** An instant as the server's wall clock, which is how its views and msdb keep times. */
export function wall(ms: number): number {
  return ms + UTC_OFFSET_MINUTES * 60_000;
}

/** msdb keeps whole seconds. */
export function wallSecond(ms: number): number {
  return Math.floor(wall(ms) / 1000) * 1000;
}

/** 1900-01-01, what "never" looks like in several properties. */
export const NEVER = Date.UTC(1900, 0, 1);
