import type { ProbedStep } from "@/lib/client/draft-queries";
import type { MigrationDraft } from "@/lib/contracts/migration";

const LOOKED_AT: Record<ProbedStep, readonly (keyof MigrationDraft)[]> = {
  source: ["sourceConnectionId", "sourceDatabase", "backupBy", "method", "cloudConnectionId", "instanceId"],
  backup: [
    "sourceConnectionId",
    "sourceDatabase",
    "transport",
    "backupBy",
    "sourceFolder",
    "localFolder",
    "cloudConnectionId",
    "bucket",
    "instanceId",
  ],
  import: [
    "sourceConnectionId",
    "sourceDatabase",
    "cloudConnectionId",
    "bucket",
    "instanceId",
    "targetDatabase",
    "firstObjectKey",
  ],
};

/** The saved choices that a step's probes look at: when this text changes, the answers are old. */
export function probeChoices(step: ProbedStep, saved: MigrationDraft): string {
  return JSON.stringify(LOOKED_AT[step].map((field) => saved[field]));
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
