"use client";

import type { ReactNode } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { DRAFT_TEXT_LIMITS } from "@/lib/contracts/migration";
import type { MessageKey } from "@/lib/i18n/message-key";
import { fieldId, type StepProps } from "../draft/step-props";

/** Fields that hold any text. */
type TextKey = keyof typeof DRAFT_TEXT_LIMITS;

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
  const maxLength = DRAFT_TEXT_LIMITS[field];
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
