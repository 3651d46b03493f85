"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import { type ReactNode, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { FailureNote } from "@/components/failure/failure-note";
import { useT } from "@/components/locale/i18n-provider";
import { ButtonLink } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Panel } from "@/components/ui/panel";
import { SkeletonLines } from "@/components/ui/skeleton";
import { actOnAftercare, aftercareQuery } from "@/lib/client/aftercare-queries";
import type { AftercareView } from "@/lib/contracts/aftercare";
import type { MigrationView } from "@/lib/contracts/migration";
import type { AftercareStep } from "@/lib/migration/vocabulary/aftercare";
import { AccountsStep } from "./accounts-step";
import { AftercareProvider } from "./aftercare-context";
import { CountsStep, useCountsDetail } from "./counts-step";
import {
  BackupStep,
  CleanUpStep,
  ObjectsStep,
  OrphansStep,
  RevertStep,
  SettingsStep,
  SourceStep,
  StringsStep,
  useBackupDetail,
  usePolicyDetail,
  useRevertDetail,
} from "./plain-steps";
import { StepFrame } from "./step-frame";

/** What is left to do once the database is online: a step a row, each settled by what is done or by a word. */
export function AftercareTab({ view }: { view: MigrationView }) {
  const { t } = useT();
  const aftercare = useQuery(aftercareQuery(view.id));
  if (aftercare.isPending) return <SkeletonLines label={t("shell.loading")} lines={9} />;
  if (aftercare.isError) {
    return (
      <ErrorPanel
        title={t("aftercare.load_failed")}
        error={aftercare.error}
        onRetry={() => aftercare.refetch()}
      />
    );
  }
  return <Steps migration={view} view={aftercare.data} />;
}

function Steps({ migration, view }: { migration: MigrationView; view: AftercareView }) {
  const { t } = useT();
  const work = useMutation(actOnAftercare(useQueryClient(), migration.id));
  const first = view.steps.find(({ state }) => state === "open")?.step ?? null;
  const [opened, setOpened] = useState<AftercareStep | null>(first);
  const details = useDetails(view);
  const inside = insideOf(migration);
  const done = view.steps.filter(({ state }) => state !== "open").length;
  return (
    <AftercareProvider
      value={{
        view,
        busy: work.isPending,
        act: (action, after) => work.mutate(action, after ? { onSuccess: after } : {}),
      }}
    >
      <Panel
        title={t("aftercare.title")}
        note={t("aftercare.count", { done, total: view.steps.length })}
        actions={
          <ButtonLink icon={FileText} href={`/migrations/${migration.id}/report`} title={t("aftercare.note")}>
            {t("aftercare.report")}
          </ButtonLink>
        }
      >
        {view.rdsFailure ? (
          <Callout tone="warning" title={t("aftercare.rds_silent")} className="m-4">
            <FailureNote failure={view.rdsFailure} />
          </Callout>
        ) : null}
        {work.isError ? (
          <ErrorPanel title={t("aftercare.act_failed")} error={work.error} className="m-4" />
        ) : null}
        <ul>
          {view.steps.map((step) => (
            <StepFrame
              key={step.step}
              step={step}
              detail={details[step.step]}
              open={opened === step.step}
              onToggle={() => setOpened(opened === step.step ? null : step.step)}
            >
              {inside[step.step]}
            </StepFrame>
          ))}
        </ul>
      </Panel>
    </AftercareProvider>
  );
}

/** What the line of each step says while it is closed. */
function useDetails(view: AftercareView): Record<AftercareStep, string> {
  const { t } = useT();
  const { users, inventory } = view;
  const made = users.filter(({ onRds }) => onRds?.privilege).length;
  return {
    row_counts: useCountsDetail(view),
    accounts: `${made} / ${users.filter(({ possible }) => possible).length}`,
    orphaned_users: "",
    server_objects: String((inventory?.jobs.length ?? 0) + (inventory?.linkedServers.length ?? 0)),
    settings: "",
    first_backup: useBackupDetail(view),
    backup_policy: usePolicyDetail(view),
    connection_strings: "",
    source: "",
    revert_window: useRevertDetail(view),
    clean_up: view.revertOpen ? t("aftercare.clean.locked") : t("aftercare.clean.about"),
  };
}

function insideOf(migration: MigrationView): Record<AftercareStep, ReactNode> {
  return {
    row_counts: <CountsStep />,
    accounts: <AccountsStep database={migration.target.database ?? ""} />,
    orphaned_users: <OrphansStep />,
    server_objects: <ObjectsStep />,
    settings: <SettingsStep />,
    first_backup: <BackupStep />,
    backup_policy: null,
    connection_strings: <StringsStep />,
    source: <SourceStep />,
    revert_window: <RevertStep migrationId={migration.id} />,
    clean_up: <CleanUpStep migrationId={migration.id} />,
  };
}
