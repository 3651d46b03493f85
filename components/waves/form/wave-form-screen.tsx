"use client";

import {
  type UseQueryResult,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { BucketSelect } from "@/components/catalog/bucket-select";
import { InstanceSelect } from "@/components/catalog/instance-select";
import { ErrorPanel } from "@/components/failure/error-panel";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
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
import type { InstanceView } from "@/lib/contracts/instance";
import type { SystemView } from "@/lib/contracts/system";
import type { WaveView } from "@/lib/contracts/wave";
import { LOOK_OVER } from "../look-over";
import { ServerFields } from "./server-fields";
import { SharingFields } from "./sharing-fields";
import {
  type ChosenDatabase,
  choose,
  EMPTY_FORM,
  emptyServer,
  formOf,
  missingIn,
  type ServerForm,
  toInput,
  type WaveForm,
} from "./wave-form";

/** A new wave, or the draft named in the address: databases, what they have in common, how they share it. */
export function WaveFormScreen() {
  const { t } = useT();
  const id = useSearchParams().get("id");
  const saved = useQuery({ ...waveQuery(id ?? ""), enabled: id !== null });
  const system = useQuery(systemQuery());
  // What the sandbox is fills in what a person chooses of it: not before it is known.
  if ((id !== null && !saved.data) || system.isPending)
    return (
      <div className="page">
        <QueryError query={saved} title={t("wave.load_failed")} />
        {saved.isLoading || system.isPending ? <SkeletonLines lines={8} label={t("wave.loading")} /> : null}
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
  const { servers, cloudConnectionId } = form;
  const lists = useQueries({
    queries: servers.map(({ sourceConnectionId }) => ({
      ...databasesQuery(sourceConnectionId ?? ""),
      enabled: sourceConnectionId !== null,
    })),
  });
  const instances = useQuery({
    ...instancesQuery(cloudConnectionId ?? ""),
    enabled: cloudConnectionId !== null,
  });
  const save = useMutation(saveWave(useQueryClient(), before?.id ?? null));
  const chosen = choose(form, (connectionId) => {
    const at = servers.findIndex(({ sourceConnectionId }) => sourceConnectionId === connectionId);
    return lists[at]?.data?.databases ?? [];
  });
  const missing = missingIn(form, chosen);
  const changeServer = (key: number, more: Partial<ServerForm>) =>
    setForm((now) => ({
      ...now,
      servers: now.servers.map((server) => (server.key === key ? { ...server, ...more } : server)),
    }));
  const chooseSource = (server: ServerForm, sourceConnectionId: string | null) => {
    const ours = sandbox && sourceConnectionId === sandbox.sourceConnectionId ? sandbox : null;
    const isBlank = server.sourceFolder === "";
    changeServer(server.key, {
      ...{ sourceConnectionId, picked: {}, names: {}, instances: {} },
      ...(ours && isBlank ? { sourceFolder: ours.sourceFolder, localFolder: ours.localFolder } : {}),
    });
    if (ours && cloudConnectionId === null)
      change({ cloudConnectionId: ours.cloudConnectionId, bucket: ours.bucket });
  };
  const addServer = () =>
    change({ servers: [...servers, emptyServer(Math.max(...servers.map(({ key }) => key)) + 1)] });
  const submit = () => {
    setAsked(true);
    if (missing.length > 0 || save.isPending) return;
    save.mutate(toInput(form, chosen, before), {
      onSuccess: ({ id }) => router.push(`/waves/${id}?${LOOK_OVER}`),
    });
  };
  return (
    <PlainForm className="page space-y-4" onSubmit={submit}>
      <h1>{t(before ? "wave.form.edit" : "wave.form.title")}</h1>
      <div className="max-w-md">
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
      </div>
      <Panel
        title={t("wave.form.databases")}
        note={servers.length > 1 ? <Total chosen={chosen.flat()} /> : null}
        actions={
          <Button size="sm" icon={Plus} onClick={addServer}>
            {t("wave.form.server.add")}
          </Button>
        }
      >
        {servers.map((server, at) => {
          const list = lists[at];
          return list ? (
            <ServerFields
              key={server.key}
              server={server}
              place={at + 1}
              count={servers.length}
              list={list}
              chosen={chosen[at] ?? []}
              instances={instances.data?.instances ?? []}
              onSource={(id) => chooseSource(server, id)}
              onChange={(more) => changeServer(server.key, more)}
              onRemove={() => change({ servers: servers.filter(({ key }) => key !== server.key) })}
            />
          ) : null;
        })}
      </Panel>
      <Panel title={t("wave.form.common")}>
        <CommonFields form={form} instances={instances} onChange={change} />
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

/** Of all servers together. */
function Total({ chosen }: { chosen: readonly ChosenDatabase[] }) {
  const { t } = useT();
  const format = useFormat();
  const moved = chosen.filter(({ name }) => name !== null);
  const bytes = moved.reduce((sum, { database }) => sum + (database.dataBytes ?? 0), 0);
  return t("wave.form.chosen", { count: moved.length, total: chosen.length, size: format.bytes(bytes) });
}

function CommonFields({
  form,
  instances,
  onChange,
}: {
  form: WaveForm;
  instances: UseQueryResult<{ instances: InstanceView[] }>;
  onChange: (more: Partial<WaveForm>) => void;
}) {
  const { t } = useT();
  const { cloudConnectionId } = form;
  const part = (name: "before" | "after", label: string) => (
    <Field label={label}>
      {(control) => (
        <TextInput
          {...control}
          mono
          value={form.mapping[name]}
          onChange={({ target }) => onChange({ mapping: { ...form.mapping, [name]: target.value } })}
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
          onChange={(id) =>
            onChange({
              ...{ cloudConnectionId: id, bucket: null, instanceId: null },
              servers: form.servers.map((server) => ({ ...server, instances: {} })),
            })
          }
        />
      </div>
      <Field label={t("wave.form.instance")} hint={t("wave.form.instance.hint")}>
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
      <Field label={t("wave.form.prefix")} hint={t("wave.form.prefix.hint")}>
        {(control) => (
          <TextInput
            {...control}
            mono
            value={form.prefix}
            onChange={({ target }) => onChange({ prefix: target.value })}
          />
        )}
      </Field>
      <div className="grid gap-x-6 sm:grid-cols-2 md:col-span-2">
        {part("before", t("wave.form.before"))}
        {part("after", t("wave.form.after"))}
      </div>
      <p className="mb-4 text-fg-2 text-table md:col-span-2">{t("wave.form.rounds")}</p>
    </div>
  );
}
