"use client";

import type { ReactNode } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { MigrationDraft } from "@/lib/contracts/migration";
import type { MessageKey } from "@/lib/i18n/message-key";
import { fieldId, type StepProps } from "../draft/step-props";
import type { FieldKey } from "./wizard-field";

/** Fields that hold any text. */
type TextKey = {
  [K in FieldKey]: MigrationDraft[K] extends string ? (string extends MigrationDraft[K] ? K : never) : never;
}[FieldKey];

interface TextControlProps extends StepProps {
  field: TextKey;
  /** Where the form has another word for it than its name. */
  label?: MessageKey;
  mono?: boolean;
  hint?: ReactNode;
  /** Inside the input, at its end. */
  after?: ReactNode;
}

/** One line of text, as long as the draft's contract allows. */
export function TextControl({ handle, errorOf, field, label, mono = false, hint, after }: TextControlProps) {
  const { t } = useT();
  const { maxLength } = MigrationDraft.shape[field].unwrap();
  return (
    <Field id={fieldId(field)} label={t(label ?? `field.${field}`)} error={errorOf(field)} hint={hint}>
      {(control) => (
        <TextInput
          {...control}
          mono={mono}
          {...(maxLength !== null && { maxLength })}
          value={handle.draft[field]}
          onChange={(event) => handle.change((before) => ({ ...before, [field]: event.target.value }))}
          after={after}
        />
      )}
    </Field>
  );
}
