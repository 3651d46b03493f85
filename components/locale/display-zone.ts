import { showTimesIn } from "@/lib/format/format-instant";

export const DISPLAY_ZONES = ["local", "utc"] as const;
export type DisplayZone = (typeof DISPLAY_ZONES)[number];

const STORAGE_KEY = "zone";

/** In which zone this browser shows instants; the source's own clock is always shown as that server wrote it. */
export function readZone(): DisplayZone {
  try {
    return localStorage.getItem(STORAGE_KEY) === "utc" ? "utc" : "local";
  } catch {
    return "local";
  }
}

/** Shows instants in a zone from now on. */
export function showTimesInZone(zone: DisplayZone): void {
  showTimesIn(zone === "utc" ? "UTC" : undefined);
}

/** Shows and remembers a zone. Storage may be forbidden: then the choice lives as long as the page. */
export function applyZone(zone: DisplayZone): void {
  showTimesInZone(zone);
  try {
    if (zone === "local") localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, zone);
  } catch {
    return;
  }
}
