"use client";

import { useT } from "@/components/locale/i18n-provider";
import { ChoiceCards } from "@/components/ui/choice-cards";
import type { MigrationDraft } from "@/lib/contracts/migration";
import type { MessageKey } from "@/lib/i18n/message-key";
import { fieldId, type StepProps } from "../draft/step-props";
import type { FieldKey } from "./wizard-field";

/** Fields that hold one word of a vocabulary. */
type ChoiceKey = {
  [K in FieldKey]: MigrationDraft[K] extends string ? (string extends MigrationDraft[K] ? never : K) : never;
}[FieldKey];

interface ChoiceControlProps<K extends ChoiceKey> extends StepProps {
  field: K;
  legend: MessageKey;
  choices: readonly MigrationDraft[K][];
  titleOf: (choice: MigrationDraft[K]) => MessageKey;
  textOf: (choice: MigrationDraft[K]) => MessageKey;
  columns: 2 | 3;
  /** What the choice changes besides itself. */
  choose: (draft: MigrationDraft, choice: MigrationDraft[K]) => MigrationDraft;
}

/** One word of a vocabulary, each with what it means. */
export function ChoiceControl<K extends ChoiceKey>(props: ChoiceControlProps<K>) {
  const { handle, field, legend, choices, titleOf, textOf, columns, choose } = props;
  const { t } = useT();
  return (
    <ChoiceCards
      id={fieldId(field)}
      className="mb-5"
      legend={t(legend)}
      columns={columns}
      value={handle.draft[field]}
      onChange={(choice) => handle.change((before) => choose(before, choice))}
      choices={choices.map((choice) => ({
        value: choice,
        title: t(titleOf(choice)),
        text: t(textOf(choice)),
      }))}
    />
  );
}
