export const format = {
  zone_unknown: "zone unknown",
  source_time: "Source time, the server''s own clock ({zone})",
  of_total: "{done} of {total} ({percent})",
  "clock.source": "Source",
  "clock.local": "Local",
  "clock.utc": "UTC",
} as const;
