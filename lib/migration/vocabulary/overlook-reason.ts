/** Why something in a folder of backups is not looked at. Texts are `event.overlooked.<reason>`. */
export const OVERLOOK_REASONS = ["link", "undecodable", "unreadable", "too_deep"] as const;
export type OverlookReason = (typeof OVERLOOK_REASONS)[number];
