"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { ConnectionForm } from "./connection-form";

export interface FieldsProps {
  form: ConnectionForm;
  onChange: (patch: Partial<ConnectionForm>) => void;
  errorOf: (field: keyof ConnectionForm) => string | undefined;
  secretHint: string | undefined;
}

/** Ids let an error summary and the first wrong field be reached. */
export const fieldId = (field: keyof ConnectionForm) => `connection-${field}`;

const ENCRYPTION = ["on", "strict", "legacy", "optional", "off"] as const;
/** Choices that give something away; each says what. */
const WEAK = {
  legacy: "connections.field.encrypt.legacy.warn",
  optional: "connections.field.encrypt.optional.warn",
  off: "connections.field.encrypt.off.warn",
} as const;

export function SqlServerFields({ form, onChange, errorOf, secretHint }: FieldsProps) {
  const { t } = useT();
  const { encrypt } = form;
  return (
    <>
      <Field
        id={fieldId("host")}
        label={t("connections.field.host")}
        hint={t("connections.field.host.hint")}
        error={errorOf("host")}
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            value={form.host}
            onChange={(event) => onChange({ host: event.target.value })}
          />
        )}
      </Field>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)] gap-x-4">
        <Field label={t("connections.field.by")}>
          {(control) => (
            <Select
              {...control}
              value={form.by}
              onChange={(event) => onChange({ by: event.target.value === "instance" ? "instance" : "port" })}
            >
              <option value="port">{t("connections.field.by.port")}</option>
              <option value="instance">{t("connections.field.by.instance")}</option>
            </Select>
          )}
        </Field>
        {form.by === "port" ? (
          <Field id={fieldId("port")} label={t("connections.field.port")} error={errorOf("port")}>
            {(control) => (
              <TextInput
                {...control}
                mono
                inputMode="numeric"
                value={form.port}
                onChange={(event) => onChange({ port: event.target.value })}
              />
            )}
          </Field>
        ) : (
          <Field
            id={fieldId("instanceName")}
            label={t("connections.field.instanceName")}
            hint={t("connections.field.instanceName.hint")}
            error={errorOf("instanceName")}
          >
            {(control) => (
              <TextInput
                {...control}
                mono
                value={form.instanceName}
                onChange={(event) => onChange({ instanceName: event.target.value })}
              />
            )}
          </Field>
        )}
      </div>
      <div className="grid gap-x-4 sm:grid-cols-2">
        <Field
          id={fieldId("user")}
          label={t("connections.field.user")}
          hint={t(
            form.user.includes("\\") ? "connections.field.user.windows" : "connections.field.user.hint",
          )}
          error={errorOf("user")}
        >
          {(control) => (
            <TextInput
              {...control}
              mono
              value={form.user}
              onChange={(event) => onChange({ user: event.target.value })}
            />
          )}
        </Field>
        <Field
          id={fieldId("secret")}
          label={t("connections.field.password")}
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
      </div>
      <ChoiceCards
        className="mb-4"
        legend={t("connections.field.encrypt")}
        value={encrypt}
        onChange={(choice) => onChange({ encrypt: choice })}
        choices={ENCRYPTION.map((choice) => ({
          value: choice,
          title: t(`connections.field.encrypt.${choice}`),
          text: t(`connections.field.encrypt.${choice}.text`),
        }))}
      />
      {encrypt === "on" || encrypt === "strict" ? null : (
        <Callout tone="warning" role="status" className="mb-4">
          {t(WEAK[encrypt])}
        </Callout>
      )}
      {encrypt === "off" ? null : (
        <Checkbox
          className="mb-4"
          checked={form.trustServerCertificate}
          onChange={(trustServerCertificate) => onChange({ trustServerCertificate })}
          label={t("connections.field.trust")}
          hint={t("connections.field.trust.hint")}
        />
      )}
      {encrypt !== "off" && form.trustServerCertificate ? (
        <Callout tone="warning" role="status" className="mb-4">
          {t("connections.field.trust.warn")}
        </Callout>
      ) : null}
    </>
  );
}
