"use client";

import type { ComponentProps, ReactNode } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import type { ConnectionForm } from "./connection-form";

export interface FieldsProps {
  form: ConnectionForm;
  onChange: (patch: Partial<ConnectionForm>) => void;
  errorOf: (field: keyof ConnectionForm) => string | undefined;
  secretHint: string | undefined;
}

/** Fields that are one line of text. */
type TextField = {
  [K in keyof ConnectionForm]: string extends ConnectionForm[K] ? K : never;
}[keyof ConnectionForm];

/** Ids let an error summary and the first wrong field be reached. */
export const fieldId = (field: keyof ConnectionForm) => `connection-${field}`;

interface FormFieldProps
  extends Omit<FieldsProps, "secretHint">,
    Pick<ComponentProps<"input">, "inputMode" | "autoComplete"> {
  field: TextField;
  label: ReactNode;
  hint?: ReactNode;
  isOptional?: boolean;
  /** Nobody is to read it over a shoulder. */
  isSecret?: boolean;
}

/** One line of the form with its error. */
export function FormField(props: FormFieldProps) {
  const { field, label, hint, isOptional, isSecret, form, onChange, errorOf, inputMode, autoComplete } =
    props;
  const { t } = useT();
  return (
    <Field
      id={fieldId(field)}
      label={label}
      hint={hint}
      optional={isOptional ? t("connections.field.optional") : undefined}
      error={errorOf(field)}
    >
      {(control) => (
        <TextInput
          {...control}
          {...(isSecret
            ? { type: "password", autoComplete: autoComplete ?? "new-password" }
            : { mono: true })}
          inputMode={inputMode}
          value={form[field]}
          onChange={(event) => onChange({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
}
