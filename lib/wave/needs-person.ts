import type { NeedKey } from "@/lib/migration/vocabulary/need";
import type { MemberStage } from "./member-stage";

/** What of a member says whether it goes on by itself. */
export interface NeedingMember {
  stage: MemberStage;
  /** What its migration needs; null: nothing. */
  need: NeedKey | null;
  /** The wave was refused what it asked of it. */
  refused: boolean;
  /** Its cutover was taken back, and nobody has said to try again. */
  takenBack: boolean;
  /** Its cutover is armed for the wave. */
  armed: boolean;
}

/** It goes on, or is over, and somebody is to look at it all the same. */
const LOOK_AT_IT: ReadonlySet<NeedKey> = new Set(["deadline_passed", "check_failed", "step_overdue"]);

/** Whether a person is needed: it stopped, was refused or taken back, or has passed what it may take. */
export function needsPerson({ stage, need, refused, takenBack, armed }: NeedingMember): boolean {
  if (stage === "stopped" || refused) return true;
  if (need !== null && LOOK_AT_IT.has(need)) return stage !== "left_out";
  return takenBack && !armed && stage !== "online" && stage !== "cutting_over";
}
