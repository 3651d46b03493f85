"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Field } from "@/components/ui/field";
import { type FieldsProps, fieldId } from "./form-field";

/** Authorities that are trusted besides the usual ones: a private one of the company, or of a proxy that opens TLS. */
export function AuthorityField({ form, onChange, errorOf }: Omit<FieldsProps, "secretHint">) {
  const { t } = useT();
  const error = errorOf("certificateAuthority");
  return (
    <details className="mb-4" open={form.certificateAuthority !== "" || error !== undefined}>
      <summary className="text-table font-medium">{t("connections.field.authority.title")}</summary>
      <Field
        id={fieldId("certificateAuthority")}
        className="mt-2"
        label={t("connections.field.authority")}
        hint={t("connections.field.authority.hint")}
        optional={t("connections.field.optional")}
        error={error}
      >
        {(control) => (
          <textarea
            {...control}
            rows={4}
            spellCheck={false}
            autoComplete="off"
            placeholder="-----BEGIN CERTIFICATE-----"
            className="w-full rounded-md border border-control bg-surface px-2.5 py-1 font-mono text-table outline-none focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
            value={form.certificateAuthority}
            onChange={(event) => onChange({ certificateAuthority: event.target.value })}
          />
        )}
      </Field>
    </details>
  );
}
