/** The one vocabulary of migrations and steps. Texts, tones and glyphs are in components/status and i18n. */
export const STATUSES = [
  "draft",
  "pending",
  "queued",
  "running",
  "waiting_external",
  "waiting_for_backup",
  "waiting_for_user",
  "retrying",
  "succeeded",
  "failed",
  "refused",
  "cancelling",
  "cancelled",
  "skipped",
  "unknown",
] as const;
export type Status = (typeof STATUSES)[number];
