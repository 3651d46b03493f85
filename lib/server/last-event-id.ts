/** The `seq` that a returning browser saw last: header `Last-Event-ID`, or `?after=` of its first connection. */
export function lastEventIdOf(request: Request): number | null {
  const text = request.headers.get("last-event-id") ?? new URL(request.url).searchParams.get("after") ?? "";
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
