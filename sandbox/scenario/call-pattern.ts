/** When a numbered call is hit, as `isHit` reads it; calls are counted from 1. */
export interface CallPattern {
  every: number;
  first: number;
}

/**
 * Whether the `count`-th call (from 1) is one of the pattern's: the `first`, then one of each `every` calls. Which one is
 * scattered, the same in each run: a caller whose own rounds are as long as the pattern would else meet every hit with the
 * same call, for ever, or never.
 */
export function isHit(pattern: CallPattern | null, count: number): boolean {
  if (pattern === null || count < pattern.first) return false;
  const block = Math.floor((count - pattern.first) / pattern.every);
  return (count - pattern.first) % pattern.every === (block === 0 ? 0 : scatter(block) % pattern.every);
}

/** 32 bits that look like chance, of a number (the finalizer of MurmurHash3, public domain). */
function scatter(number: number): number {
  const first = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
}
