/** Where a migration stands on its way. */
export const PHASES = ["draft", "preflight", "full", "rounds", "cutover", "open", "check", "online"] as const;
export type Phase = (typeof PHASES)[number];
