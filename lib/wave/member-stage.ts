/** Where a member of a wave stands. Texts `wave.stage.*`. */
export const MEMBER_STAGES = [
  "waiting",
  "preparing",
  "uploaded",
  "restoring",
  "rounds",
  "cutting_over",
  "online",
  "stopped",
  "left_out",
] as const;
/**
 * `waiting`: not started. `preparing`: looked over, backed up, sent. `uploaded`: its first backup lies in OSS and waits for a
 * place. `stopped`: it needs a person, and holds no place. `left_out`: cancelled.
 */
export type MemberStage = (typeof MEMBER_STAGES)[number];

const OVER: ReadonlySet<MemberStage> = new Set(["online", "left_out"]);

/** Nothing is to be done about it any more. */
export function isOver(stage: MemberStage): boolean {
  return OVER.has(stage);
}
