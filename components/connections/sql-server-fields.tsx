"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { AuthorityField } from "./authority-field";
import { type FieldsProps, FormField } from "./form-field";

const ENCRYPTION = ["on", "strict", "legacy", "optional", "off"] as const;
/** Choices that give something away; each says what. */
const WEAK = {
  legacy: "connections.field.encrypt.legacy.warn",
  optional: "connections.field.encrypt.optional.warn",
  off: "connections.field.encrypt.off.warn",
} as const;

export function SqlServerFields({ secretHint, ...props }: FieldsProps) {
  const { form, onChange } = props;
  const { t } = useT();
  const { encrypt } = form;
  return (
    <>
      <FormField
        {...props}
        field="host"
        label={t("connections.field.host")}
        hint={t("connections.field.host.hint")}
      />
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
          <FormField {...props} field="port" label={t("connections.field.port")} inputMode="numeric" />
        ) : (
          <FormField
            {...props}
            field="instanceName"
            label={t("connections.field.instanceName")}
            hint={t("connections.field.instanceName.hint")}
          />
        )}
      </div>
      <div className="grid gap-x-4 sm:grid-cols-2">
        <FormField
          {...props}
          field="user"
          label={t("connections.field.user")}
          hint={t(
            form.user.includes("\\") ? "connections.field.user.windows" : "connections.field.user.hint",
          )}
        />
        <FormField
          {...props}
          field="secret"
          label={t("connections.field.password")}
          hint={secretHint}
          isSecret
        />
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
      {encrypt === "off" || form.trustServerCertificate ? null : <AuthorityField {...props} />}
      {encrypt !== "off" && form.trustServerCertificate ? (
        <Callout tone="warning" role="status" className="mb-4">
          {t("connections.field.trust.warn")}
        </Callout>
      ) : null}
    </>
  );
}
