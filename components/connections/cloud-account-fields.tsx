"use client";

import { useT } from "@/components/locale/i18n-provider";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { type FieldsProps, fieldId } from "./sql-server-fields";

const ENDPOINTS = ["rdsEndpoint", "ossEndpoint", "ramEndpoint"] as const;

const CREDENTIALS = ["access_key", "sts", "default_chain"] as const;

export function CloudAccountFields(props: FieldsProps) {
  const { form, onChange, errorOf } = props;
  const { t } = useT();
  const ownEndpoints = ENDPOINTS.some((field) => form[field] !== "" || errorOf(field));
  return (
    <>
      <Field
        id={fieldId("regionId")}
        label={t("connections.field.region")}
        hint={t("connections.field.region.hint")}
        error={errorOf("regionId")}
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            value={form.regionId}
            onChange={(event) => onChange({ regionId: event.target.value })}
          />
        )}
      </Field>
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
          <Field
            key={field}
            id={fieldId(field)}
            label={t(`connections.field.${field}`)}
            optional={t("connections.field.optional")}
            error={errorOf(field)}
          >
            {(control) => (
              <TextInput
                {...control}
                mono
                inputMode="url"
                value={form[field]}
                onChange={(event) => onChange({ [field]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </details>
    </>
  );
}

function KeyFields({ form, onChange, errorOf, secretHint }: FieldsProps) {
  const { t } = useT();
  return (
    <>
      <Field
        id={fieldId("accessKeyId")}
        label={t("connections.field.accessKeyId")}
        hint={t("connections.field.accessKeyId.hint")}
        error={errorOf("accessKeyId")}
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            value={form.accessKeyId}
            onChange={(event) => onChange({ accessKeyId: event.target.value })}
          />
        )}
      </Field>
      <Field
        id={fieldId("secret")}
        label={t("connections.field.accessKeySecret")}
        hint={secretHint}
        error={errorOf("secret")}
      >
        {(control) => (
          <TextInput
            {...control}
            type="password"
            autoComplete="new-password"
            value={form.secret}
            onChange={(event) => onChange({ secret: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function TokenFields({ form, onChange, errorOf, secretHint }: FieldsProps) {
  const { t } = useT();
  return (
    <>
      <Field
        id={fieldId("securityToken")}
        label={t("connections.field.securityToken")}
        hint={secretHint}
        error={errorOf("securityToken")}
      >
        {(control) => (
          <TextInput
            {...control}
            type="password"
            autoComplete="off"
            value={form.securityToken}
            onChange={(event) => onChange({ securityToken: event.target.value })}
          />
        )}
      </Field>
      <Field
        id={fieldId("expiresAt")}
        label={t("connections.field.expiresAt")}
        hint={t("connections.field.expiresAt.hint")}
        optional={t("connections.field.optional")}
        error={errorOf("expiresAt")}
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            value={form.expiresAt}
            onChange={(event) => onChange({ expiresAt: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
