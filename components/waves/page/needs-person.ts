import type { WaveMemberView } from "@/lib/contracts/wave";

/** It does not go on by itself: it stopped, the wave was refused what it asked, or its cutover was taken back. */
export function needsPerson({ stage, note, takenBack, armed }: WaveMemberView): boolean {
  if (stage === "stopped" || note !== null) return true;
  return takenBack !== null && !armed && stage !== "online" && stage !== "cutting_over";
}
