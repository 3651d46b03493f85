"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX } from "lucide-react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useLocale, useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { instanceQuery, instancesQuery } from "@/lib/client/catalog-queries";
import type { InstanceDetailView } from "@/lib/contracts/catalog";
import { compareNames } from "@/lib/format/compare-names";
import { editionOfEngine, releaseOfEngine } from "@/lib/migration/server-release";
import { fieldId, type StepProps } from "../draft/step-props";

/** The instance and the database's name on it, with what RDS says of both. */
export function TargetFields({ handle, errorOf }: StepProps) {
  const { t } = useT();
  const locale = useLocale();
  const { draft, change } = handle;
  const { cloudConnectionId, instanceId } = draft;
  const instances = useQuery({
    ...instancesQuery(cloudConnectionId ?? ""),
    enabled: cloudConnectionId !== null,
  });
  const detail = useQuery({
    ...instanceQuery(cloudConnectionId ?? "", instanceId ?? ""),
    enabled: cloudConnectionId !== null && instanceId !== null,
  });
  const list = (instances.data?.instances ?? []).toSorted((a, b) =>
    compareNames(a.description || a.instanceId, b.description || b.instanceId, locale),
  );
  const facts = useInstanceFacts();
  return (
    <>
      <div className="grid gap-x-4 sm:grid-cols-2">
        <Field
          id={fieldId("instanceId")}
          label={t("wizard.import.instance")}
          error={errorOf("instanceId")}
          hint={
            cloudConnectionId === null
              ? t("wizard.import.instance.needsCloud")
              : instances.isSuccess && list.length === 0
                ? t("wizard.import.instance.none")
                : detail.data && facts(detail.data)
          }
        >
          {(control) => (
            <Select
              {...control}
              value={instanceId ?? ""}
              onChange={(event) =>
                change((before) => ({ ...before, instanceId: event.target.value || null }))
              }
            >
              <option value="">
                {instances.isLoading ? t("shell.loading") : t("wizard.import.instance.placeholder")}
              </option>
              {instanceId !== null && !list.some((instance) => instance.instanceId === instanceId) ? (
                <option value={instanceId}>{instanceId}</option>
              ) : null}
              {list.map((instance) => (
                <option key={instance.instanceId} value={instance.instanceId}>
                  {instance.description && instance.description !== instance.instanceId
                    ? `${instance.description} (${instance.instanceId})`
                    : instance.instanceId}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          id={fieldId("targetDatabase")}
          label={t("wizard.import.database")}
          error={errorOf("targetDatabase")}
          hint={t("wizard.import.database.help")}
        >
          {(control) => (
            <TextInput
              {...control}
              maxLength={128}
              value={draft.targetDatabase}
              onChange={(event) => change((before) => ({ ...before, targetDatabase: event.target.value }))}
              after={<NameState instance={detail.data} name={draft.targetDatabase} />}
            />
          )}
        </Field>
      </div>
      {instances.isError ? (
        <ErrorPanel
          title={t("records.error.instances")}
          error={instances.error}
          onRetry={() => instances.refetch()}
          className="mb-4"
        />
      ) : null}
    </>
  );
}

/** Free or taken, as far as the instance's own list goes; the probe asks again before anything starts. */
function NameState({ instance, name }: { instance: InstanceDetailView | undefined; name: string }) {
  const { t } = useT();
  const wanted = name.trim().toLowerCase();
  if (!instance || wanted === "") return null;
  const taken = instance.databases.find((database) => database.name.toLowerCase() === wanted);
  return taken ? (
    <span
      title={t("wizard.import.database.taken", { name: taken.name })}
      className="flex items-center gap-1 whitespace-nowrap text-cap text-status-danger"
    >
      <CircleX size={14} strokeWidth={1.75} aria-hidden />
      {t("wizard.import.database.takenShort")}
    </span>
  ) : (
    <span className="flex items-center gap-1 whitespace-nowrap text-cap text-status-success">
      <CircleCheck size={14} strokeWidth={1.75} aria-hidden />
      {t("wizard.import.database.free")}
    </span>
  );
}

/** `SQL Server 2022 Standard · 1.16 TiB free of 2.00 TiB`. */
function useInstanceFacts(): (instance: InstanceDetailView) => string {
  const { t } = useT();
  const format = useFormat();
  return (instance) => {
    const release = releaseOfEngine(instance.engineVersion);
    const edition = editionOfEngine(instance.engineVersion);
    const engine = release
      ? `SQL Server ${release.label}${edition ? ` ${t(`wizard.edition.${edition}`)}` : ""}`
      : instance.engineVersion;
    return t("wizard.import.instance.facts", {
      engine,
      storage: format.bytes(Math.max(0, instance.storageBytes - instance.usedBytes)),
      total: format.bytes(instance.storageBytes),
    });
  };
}
