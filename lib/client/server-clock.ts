/** The server's clock as the browser knows it: durations that run are counted from server time, not ours. */
let skewMs: number | null = null;

/** Called with every `serverNow` that arrives. The smallest delay seen wins: an answer can only be late. */
export function noteServerNow(serverNow: string): void {
  const seen = Date.parse(serverNow) - Date.now();
  if (Number.isNaN(seen)) return;
  if (skewMs === null || seen > skewMs || skewMs - seen > 5_000) skewMs = seen;
}

/** Milliseconds since the epoch by the server's clock. */
export function serverNowMs(): number {
  return Date.now() + (skewMs ?? 0);
}
