"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleHelp, Hand } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { ScheduleFields } from "@/components/schedule/schedule-fields";
import { Mono } from "@/components/ui/mono";
import { instanceQuery } from "@/lib/client/catalog-queries";
import { fieldId, type StepProps } from "../draft/step-props";
import { ProbePanel } from "../probes/probe-panel";
import { FirstFile } from "./first-file";
import { MethodFields } from "./method-fields";
import { TargetFields } from "./target-fields";

/** 3. Import Data: instance, name, OSS file, method, check, rounds. */
export function StepImport(props: StepProps & { onEditBucket: () => void }) {
  const { t } = useT();
  const { draft } = props.handle;
  return (
    <>
      <TargetFields {...props} />
      <div className="mb-5">
        <p className="mb-1 font-medium text-table">{t("wizard.import.bucket")}</p>
        <p className="flex min-h-8.5 flex-wrap items-center gap-x-3 rounded-md border border-border bg-surface-2 px-2.5 py-1">
          <Mono className="min-w-0 flex-1 wrap-anywhere">
            {draft.bucket ?? t("wizard.import.bucket.none")}
          </Mono>
          <button type="button" className="link min-h-6 text-table" onClick={props.onEditBucket}>
            {t("wizard.import.bucket.change")}
          </button>
        </p>
        <Authorization connectionId={draft.cloudConnectionId} instanceId={draft.instanceId} />
      </div>
      <FirstFile {...props} />
      <MethodFields {...props} />
      {draft.method === "access_pending" ? <Rounds {...props} /> : null}
      <ProbePanel step="import" handle={props.handle} />
    </>
  );
}

function Rounds({ handle, errorOf }: StepProps) {
  const { t } = useT();
  const { draft, change } = handle;
  if (draft.backupBy === "others") {
    return <p className="mb-5 text-fg-2 text-table">{t("wizard.import.schedule.othersTake")}</p>;
  }
  return (
    <ScheduleFields
      id={fieldId("schedule")}
      className="mb-5"
      columns={3}
      error={errorOf("schedule")}
      value={draft.schedule}
      onChange={(schedule) => change((before) => ({ ...before, schedule }))}
    />
  );
}

function Authorization({
  connectionId,
  instanceId,
}: {
  connectionId: string | null;
  instanceId: string | null;
}) {
  const { t } = useT();
  const instance = useQuery({
    ...instanceQuery(connectionId ?? "", instanceId ?? ""),
    enabled: connectionId !== null && instanceId !== null,
  });
  const look = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;
  switch (instance.data?.importRole.state) {
    case undefined:
      return null;
    case "authorized":
      return (
        <p className="mt-1 flex gap-1.5 text-cap text-status-success">
          <CircleCheck {...look} className="mt-0.5 flex-none" />
          {t("wizard.import.authorized")}
        </p>
      );
    case "missing":
      return (
        <p className="mt-1 flex gap-1.5 text-cap text-status-warning">
          <Hand {...look} className="mt-0.5 flex-none" />
          {t("wizard.import.notAuthorized")}
        </p>
      );
    case "unknown":
      return (
        <p className="mt-1 flex gap-1.5 text-cap text-fg-2">
          <CircleHelp {...look} className="mt-0.5 flex-none" />
          {t("wizard.import.authorizationUnknown")}
        </p>
      );
  }
}
