"use client";

import { useT } from "@/components/locale/i18n-provider";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { AuthorityField } from "./authority-field";
import { type FieldsProps, FormField } from "./form-field";

const ENDPOINTS = ["rdsEndpoint", "ossEndpoint", "ossDomain", "ramEndpoint"] as const;

const CREDENTIALS = ["access_key", "sts", "default_chain"] as const;

export function CloudAccountFields(props: FieldsProps) {
  const { form, onChange, errorOf } = props;
  const { t } = useT();
  const ownEndpoints = ENDPOINTS.some((field) => form[field] !== "" || errorOf(field));
  return (
    <>
      <FormField
        {...props}
        field="regionId"
        label={t("connections.field.region")}
        hint={t("connections.field.region.hint")}
      />
      <ChoiceCards
        className="mb-4"
        legend={t("connections.field.credential")}
        value={form.credential}
        onChange={(credential) => onChange({ credential })}
        choices={CREDENTIALS.map((credential) => ({
          value: credential,
          title: t(`connections.field.credential.${credential}`),
          text: t(`connections.field.credential.${credential}.text`),
        }))}
      />
      {form.credential === "default_chain" ? null : <KeyFields {...props} />}
      {form.credential === "sts" ? <TokenFields {...props} /> : null}
      <details className="mb-4" open={ownEndpoints}>
        <summary className="text-table font-medium">{t("connections.field.endpoints")}</summary>
        <p className="mt-1 mb-3 text-cap text-fg-2">{t("connections.field.endpoints.hint")}</p>
        {ENDPOINTS.map((field) => (
          <FormField
            {...props}
            field={field}
            key={field}
            label={t(`connections.field.${field}`)}
            isOptional
            inputMode="url"
          />
        ))}
      </details>
      <AuthorityField {...props} />
    </>
  );
}

function KeyFields({ secretHint, ...props }: FieldsProps) {
  const { t } = useT();
  return (
    <>
      <FormField
        {...props}
        field="accessKeyId"
        label={t("connections.field.accessKeyId")}
        hint={t("connections.field.accessKeyId.hint")}
      />
      <FormField
        {...props}
        field="secret"
        label={t("connections.field.accessKeySecret")}
        hint={secretHint}
        isSecret
      />
    </>
  );
}

function TokenFields({ secretHint, ...props }: FieldsProps) {
  const { t } = useT();
  return (
    <>
      <FormField
        {...props}
        field="securityToken"
        label={t("connections.field.securityToken")}
        hint={secretHint}
        isSecret
        autoComplete="off"
      />
      <FormField
        {...props}
        field="expiresAt"
        label={t("connections.field.expiresAt")}
        hint={t("connections.field.expiresAt.hint")}
        isOptional
      />
    </>
  );
}
