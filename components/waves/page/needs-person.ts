import type { WaveMemberView } from "@/lib/contracts/wave";
import { needsPerson as isNeeded } from "@/lib/wave/needs-person";

/** Whether a member needs a person, as the list of waves counts it too. */
export function needsPerson({ stage, note, takenBack, armed, migration }: WaveMemberView): boolean {
  const need = migration.needs?.key ?? null;
  return isNeeded({ stage, need, refused: note !== null, takenBack: takenBack !== null, armed });
}
