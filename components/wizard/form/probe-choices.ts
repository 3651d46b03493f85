import type { ProbedStep } from "@/lib/client/draft-queries";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { ALL_FIELDS } from "./wizard-fields";

/** The saved choices that a step's probes look at: when this text changes, the answers are old. */
export function probeChoices(step: ProbedStep, saved: MigrationDraft): string {
  const looked = ALL_FIELDS.filter(({ probedBy }) => probedBy.includes(step));
  return JSON.stringify(looked.map(({ key }) => saved[key]));
}

/** Whether enough is chosen for a step's probes to have anything to ask. */
export function canProbe(step: ProbedStep, saved: MigrationDraft): boolean {
  switch (step) {
    case "source":
      return saved.sourceConnectionId !== null;
    case "backup":
      return (
        (saved.cloudConnectionId !== null && saved.bucket !== null) ||
        (saved.transport === "shared_folder" && saved.localFolder !== "")
      );
    case "import":
      return saved.cloudConnectionId !== null && saved.instanceId !== null;
  }
}
