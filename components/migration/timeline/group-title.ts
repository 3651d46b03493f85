import type { StepGroup } from "@/components/migration/timeline/group-steps";
import type { Translator } from "@/lib/i18n/translate";

/** What a group of steps is called: "Log 3", "Differential 1", "Final log", "Open database". */
export function groupTitle(group: StepGroup, t: Translator["t"]): string {
  switch (group.kind) {
    case "preflight":
      return t("timeline.group.preflight");
    case "stop_writes":
      return t("timeline.group.stop_writes");
    case "open":
      return t("timeline.group.open");
    case "check":
      return t("timeline.group.check");
    case "file":
      if (group.final) return t("timeline.group.final");
      if (group.backup === "full") return t("timeline.group.full");
      if (group.backup === "differential") return t("timeline.group.differential", { number: group.number });
      if (group.backup === "log") return t("timeline.group.log", { number: group.number });
      return t("timeline.group.file");
  }
}
