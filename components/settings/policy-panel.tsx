"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { PlainForm } from "@/components/ui/plain-form";
import { TextInput } from "@/components/ui/text-input";
import { productSettingsQuery, saveProductSettings } from "@/lib/client/product-settings-query";
import type { ProductSettings } from "@/lib/contracts/product-settings";
import { POLICY_FIELDS, type PolicyField, policyFormOf, readPolicyForm } from "./policy-form";

/** What new migrations begin with, and how long is kept what is no part of a migration's record. */
export function PolicyPanel({ mayChange }: { mayChange: boolean }) {
  const { t } = useT();
  const query = useQuery(productSettingsQuery);
  return (
    <Panel title={t("policy.title")} note={t("policy.note")}>
      {query.data ? (
        <PolicyFields settings={query.data} mayChange={mayChange} />
      ) : (
        <QueryError query={query} title={t("policy.unreadable")} className="m-4" />
      )}
    </Panel>
  );
}

const NONE: ReadonlySet<PolicyField> = new Set();

function PolicyFields({ settings, mayChange }: { settings: ProductSettings; mayChange: boolean }) {
  const { t } = useT();
  const announce = useAnnounce();
  const save = useMutation(saveProductSettings(useQueryClient()));
  const [form, setForm] = useState(() => policyFormOf(settings));
  const [wrong, setWrong] = useState(NONE);
  const submit = () => {
    const read = readPolicyForm(form);
    setWrong(read.ok ? NONE : read.wrong);
    if (!read.ok) return;
    save.mutate(read.settings, { onSuccess: () => announce(t("policy.saved")) });
  };
  const fields = (names: readonly PolicyField[]) => (
    <div className="mt-2 grid gap-x-4 gap-y-3 sm:grid-cols-2">
      {names.map((name) => (
        <Field
          key={name}
          className=""
          label={t(`policy.${name}`)}
          hint={t(`policy.${name}.hint`)}
          error={wrong.has(name) ? t(`policy.${name}.wrong`) : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              inputMode="decimal"
              disabled={!mayChange}
              value={form[name]}
              onChange={(event) => setForm({ ...form, [name]: event.target.value })}
              className="max-w-32"
            />
          )}
        </Field>
      ))}
    </div>
  );
  return (
    <PlainForm className="p-4" onSubmit={submit}>
      <h3>{t("policy.limits")}</h3>
      <p className="text-cap text-fg-2">{t("policy.limits.note")}</p>
      {fields(POLICY_FIELDS.limits)}
      <h3 className="mt-5">{t("policy.retention")}</h3>
      <p className="text-cap text-fg-2">{t("policy.retention.note")}</p>
      {fields(POLICY_FIELDS.retention)}
      {mayChange ? (
        <Button type="submit" className="mt-4" busy={save.isPending}>
          {t("policy.save")}
        </Button>
      ) : null}
      {save.isError ? <ErrorPanel title={t("policy.not_saved")} error={save.error} className="mt-3" /> : null}
    </PlainForm>
  );
}
