/** What somebody can be told of. */
export const NOTICES = ["needs_you", "drift", "failed", "taken_back", "online", "verdict"] as const;
export type Notice = (typeof NOTICES)[number];
