/** IANA name of the zone in which this browser tells the time. */
export function viewersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
