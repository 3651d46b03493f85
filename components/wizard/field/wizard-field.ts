import type { ComponentType, ReactNode } from "react";
import type { useFormat } from "@/components/locale/use-format";
import type { ProbedStep } from "@/lib/client/draft-queries";
import type { MigrationDraft } from "@/lib/contracts/migration";
import type { MessageKey } from "@/lib/i18n/message-key";
import type { Translator } from "@/lib/i18n/translate";
import type { StepProps } from "../draft/step-props";
import type { DraftFacts } from "../draft/use-draft-facts";

/** Parts of one group that follow one another stand side by side, under a legend where there is one. */
export interface FieldGroup {
  legend?: MessageKey;
  /** Under the legend, when the group asks for more than one thing. */
  text?: MessageKey;
}

/** Something that stands in a step's form. */
export interface FormPart {
  /** Of the draft, for a field; else a name of its own. */
  key: string;
  Control: ComponentType<StepProps>;
  /** Whether the other choices leave it a meaning; absent: always. */
  applies?: (draft: MigrationDraft) => boolean;
  group?: FieldGroup;
}

/** What a review row is made from. */
export interface ReviewWords {
  draft: MigrationDraft;
  facts: DraftFacts;
  t: Translator["t"];
  format: ReturnType<typeof useFormat>;
}

/** What the guide asks for; the answers to the method's questions belong to `method`, what is typed beside the plan, and the timeline that is meant, to the review. */
export type FieldKey = Exclude<
  keyof MigrationDraft,
  "step" | "plan" | "timeline" | "rehearsal" | "underHundredGb" | "downtimeAccepted" | "writesStopped"
>;

/** A field of the draft: the form, the review's rows and what probes look at are read from these. */
export interface WizardField extends FormPart {
  /** Its name is the text `field.<key>`. */
  key: FieldKey;
  /** Its value on the review: an empty one is shown as missing. Absent where another field's row tells it. */
  review?: (words: ReviewWords) => ReactNode;
  /** Steps whose probes look at it: their answers grow old when it changes. */
  probedBy: readonly ProbedStep[];
}

export function isField(part: FormPart): part is WizardField {
  return "probedBy" in part;
}
