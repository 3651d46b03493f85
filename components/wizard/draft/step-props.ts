import type { SystemView } from "@/lib/contracts/system";
import type { DraftHandle } from "./use-draft";

/** What every step of the wizard gets. */
export interface StepProps {
  handle: DraftHandle;
  sandbox: SystemView["sandbox"];
  /** What is wrong with a field, once Next has been pressed. */
  errorOf: (field: string) => string | undefined;
}

/** Ids that blockers lead to. */
export const fieldId = (field: string) => `wizard-${field}`;
