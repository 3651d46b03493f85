/**
 * Why something where backups appear is not used: what it is, or that its header can't be read here. Texts are
 * `event.overlooked.<reason>`.
 */
export const OVERLOOK_REASONS = [
  "link",
  "undecodable",
  "unreadable",
  "too_deep",
  "encrypted",
  "unsupported_container",
] as const;
export type OverlookReason = (typeof OVERLOOK_REASONS)[number];
