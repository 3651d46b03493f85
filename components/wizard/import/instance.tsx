"use client";

import { useQuery } from "@tanstack/react-query";
import { InstanceSelect } from "@/components/catalog/instance-select";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Field } from "@/components/ui/field";
import { instancesQuery } from "@/lib/client/instance-queries";
import type { InstanceDetailView } from "@/lib/contracts/instance-detail";
import { editionOfEngine, releaseOfEngine } from "@/lib/migration/server-release";
import { useTargetInstance } from "../draft/draft-queries";
import { fieldId, type StepProps } from "../draft/step-props";

/** The target instance, with what RDS says of it. */
export function Instance({ handle: { draft, change }, errorOf }: StepProps) {
  const { t } = useT();
  const { cloudConnectionId, instanceId } = draft;
  const instances = useQuery({
    ...instancesQuery(cloudConnectionId ?? ""),
    enabled: cloudConnectionId !== null,
  });
  const detail = useTargetInstance(draft);
  const facts = useInstanceFacts();
  return (
    <div>
      <Field
        id={fieldId("instanceId")}
        label={t("wizard.import.instance")}
        error={errorOf("instanceId")}
        hint={
          cloudConnectionId === null
            ? t("wizard.import.instance.needsCloud")
            : instances.data?.instances.length === 0
              ? t("wizard.import.instance.none")
              : detail.data && facts(detail.data)
        }
      >
        {(control) => (
          <InstanceSelect
            {...control}
            instances={instances}
            placeholder={t("wizard.import.instance.placeholder")}
            value={instanceId}
            onChange={(chosen) => change((before) => ({ ...before, instanceId: chosen }))}
          />
        )}
      </Field>
      <QueryError query={instances} title={t("records.error.instances")} className="mb-4" />
    </div>
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
