"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { BucketSelect } from "@/components/catalog/bucket-select";
import { InstanceSelect } from "@/components/catalog/instance-select";
import { ErrorPanel } from "@/components/failure/error-panel";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { PlainForm } from "@/components/ui/plain-form";
import { SkeletonLines } from "@/components/ui/skeleton";
import { TextInput } from "@/components/ui/text-input";
import { ConnectionSelect } from "@/components/wizard/field/connection-select";
import { databasesQuery } from "@/lib/client/catalog-queries";
import { instancesQuery } from "@/lib/client/instance-queries";
import { systemQuery } from "@/lib/client/system-queries";
import { saveWave, waveQuery } from "@/lib/client/wave-queries";
import type { SystemView } from "@/lib/contracts/system";
import type { WaveView } from "@/lib/contracts/wave";
import { DatabaseChoice } from "./database-choice";
import { SharingFields } from "./sharing-fields";
import { choose, EMPTY_FORM, formOf, missingIn, toInput, type WaveForm } from "./wave-form";

/** A new wave, or the draft named in the address: databases, what they have in common, how they share it. */
export function WaveFormScreen() {
  const { t } = useT();
  const id = useSearchParams().get("id");
  const saved = useQuery({ ...waveQuery(id ?? ""), enabled: id !== null });
  const system = useQuery(systemQuery());
  if (id !== null && !saved.data)
    return (
      <div className="page">
        <QueryError query={saved} title={t("wave.load_failed")} />
        {saved.isPending ? <SkeletonLines lines={8} label={t("wave.loading")} /> : null}
      </div>
    );
  return <Editor key={id} before={saved.data ?? null} sandbox={system.data?.sandbox ?? null} />;
}

function Editor({ before, sandbox }: { before: WaveView | null; sandbox: SystemView["sandbox"] }) {
  const { t } = useT();
  const router = useRouter();
  const [form, setForm] = useState<WaveForm>(() => (before ? formOf(before) : EMPTY_FORM));
  const [asked, setAsked] = useState(false);
  const change = (more: Partial<WaveForm>) => setForm((now) => ({ ...now, ...more }));
  const server = useQuery({
    ...databasesQuery(form.sourceConnectionId ?? ""),
    enabled: form.sourceConnectionId !== null,
  });
  const save = useMutation(saveWave(useQueryClient(), before?.id ?? null));
  const chosen = choose(form, server.data?.databases ?? []);
  const missing = missingIn(form, chosen);
  const chooseSource = (sourceConnectionId: string | null) => {
    const ours = sandbox && sourceConnectionId === sandbox.sourceConnectionId ? sandbox : null;
    change({
      sourceConnectionId,
      picked: {},
      ...(ours && form.sourceFolder === ""
        ? {
            sourceFolder: ours.sourceFolder,
            localFolder: ours.localFolder,
            cloudConnectionId: ours.cloudConnectionId,
            bucket: ours.bucket,
          }
        : {}),
    });
  };
  const submit = () => {
    setAsked(true);
    if (missing.length > 0 || save.isPending) return;
    save.mutate(toInput(form, chosen, before), { onSuccess: ({ id }) => router.push(`/waves/${id}`) });
  };
  return (
    <PlainForm className="page space-y-4" onSubmit={submit}>
      <h1>{t(before ? "wave.form.edit" : "wave.form.title")}</h1>
      <Panel title={t("wave.form.databases")}>
        <div className="grid gap-x-6 px-4 pt-4 md:grid-cols-2">
          <Field
            label={t("wave.form.name")}
            error={asked && missing.includes("wave.form.name") ? t("wave.form.name.wrong") : undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                value={form.name}
                onChange={({ target }) => change({ name: target.value })}
              />
            )}
          </Field>
          <div>
            <ConnectionSelect
              id="wave-source"
              kind="sql_server"
              label={t("wave.form.source")}
              placeholder={t("wave.form.source.choose")}
              addLabel={t("wave.form.source.add")}
              value={form.sourceConnectionId}
              onChange={chooseSource}
            />
          </div>
        </div>
        {server.isError ? (
          <QueryError query={server} title={t("wave.form.list_failed")} className="mx-4 mb-4" />
        ) : null}
        {server.isLoading ? (
          <SkeletonLines lines={4} label={t("wave.loading")} className="px-4 pb-4" />
        ) : null}
        {server.data ? <DatabaseChoice form={form} chosen={chosen} onChange={change} /> : null}
      </Panel>
      <Panel title={t("wave.form.common")}>
        <CommonFields form={form} onChange={change} />
      </Panel>
      <Panel title={t("wave.form.sharing")}>
        <SharingFields form={form} onChange={change} ownId={before?.id ?? null} asked={asked} />
      </Panel>
      {asked && missing.length > 0 ? (
        <p role="alert" className="text-status-danger">
          {t("wave.form.missing", { what: missing.map((key) => t(key)).join(", ") })}
        </p>
      ) : null}
      {save.error ? <ErrorPanel title={t("wave.form.save_failed")} error={save.error} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={save.isPending}>
          {t("wave.form.save")}
        </Button>
      </div>
    </PlainForm>
  );
}

function CommonFields({ form, onChange }: { form: WaveForm; onChange: (more: Partial<WaveForm>) => void }) {
  const { t } = useT();
  const { cloudConnectionId } = form;
  const instances = useQuery({
    ...instancesQuery(cloudConnectionId ?? ""),
    enabled: cloudConnectionId !== null,
  });
  const text = (name: "prefix" | "sourceFolder" | "localFolder", label: string, hint?: string) => (
    <Field label={label} hint={hint}>
      {(control) => (
        <TextInput
          {...control}
          mono
          value={form[name]}
          onChange={({ target }) => onChange({ [name]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <div className="grid gap-x-6 px-4 pt-4 md:grid-cols-2">
      <div>
        <ConnectionSelect
          id="wave-cloud"
          kind="cloud_account"
          label={t("wave.form.account")}
          placeholder={t("wave.form.account.choose")}
          addLabel={t("wave.form.account.add")}
          value={cloudConnectionId}
          onChange={(id) => onChange({ cloudConnectionId: id, bucket: null, instanceId: null })}
        />
      </div>
      <Field label={t("wave.form.instance")}>
        {(control) => (
          <InstanceSelect
            {...control}
            instances={instances}
            placeholder={t("wave.form.instance.choose")}
            value={form.instanceId}
            onChange={(instanceId) => onChange({ instanceId })}
          />
        )}
      </Field>
      {cloudConnectionId === null ? null : (
        <BucketSelect
          id="wave-bucket"
          connectionId={cloudConnectionId}
          value={form.bucket}
          onChange={(bucket) => onChange({ bucket })}
        />
      )}
      {text("prefix", t("wave.form.prefix"), t("wave.form.prefix.hint"))}
      {text("sourceFolder", t("wave.form.source_folder"))}
      {text("localFolder", t("wave.form.local_folder"))}
      <p className="mb-4 text-fg-2 text-table md:col-span-2">{t("wave.form.rounds")}</p>
    </div>
  );
}
