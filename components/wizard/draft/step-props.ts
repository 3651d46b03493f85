import type { SystemView } from "@/lib/contracts/system";
import type { DraftHandle } from "./use-draft";
import type { WizardStep } from "./wizard-url";

/** What every part of a step's form gets. */
export interface StepProps {
  handle: DraftHandle;
  sandbox: SystemView["sandbox"];
  /** What is wrong with a field, once Next has been pressed. */
  errorOf: (field: string) => string | undefined;
  onGo: (step: WizardStep) => void;
}

/** Ids that blockers lead to. */
export const fieldId = (field: string) => `wizard-${field}`;
