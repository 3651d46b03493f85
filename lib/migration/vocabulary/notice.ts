/** What somebody can be told of. */
export const NOTICES = [
  "ready",
  "needs_you",
  "drift",
  "budget",
  "behind",
  "failed",
  "taken_back",
  "online",
  "verdict",
  "forgotten",
] as const;
export type Notice = (typeof NOTICES)[number];
