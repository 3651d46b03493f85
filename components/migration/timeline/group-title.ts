import type { StepGroupView } from "@/lib/contracts/migration";
import type { Translator } from "@/lib/i18n/translate";

/** What a group of steps is called: "Log 3", "Differential 1", "Final log", "Open database". */
export function groupTitle(
  { title, number }: Pick<StepGroupView, "title" | "number">,
  tx: Translator["tx"],
): string {
  return tx(`timeline.group.${title}`, { number }, title);
}
