"use client";

import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { useT } from "@/components/locale/i18n-provider";
import { Callout } from "@/components/ui/callout";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import type { MigrationView, StepView } from "@/lib/contracts/migration";
import type { Resolution } from "@/lib/migration/vocabulary/resolution";
import { useAct } from "../act/use-act";

interface ResolveDialogProps {
  view: MigrationView;
  step: StepView;
  onClose: () => void;
}

/** A person looks and says whether a step whose outcome was not observed has happened. */
export function ResolveDialog({ view, step, onClose }: ResolveDialogProps) {
  const { t } = useT();
  const act = useAct(view.id);
  const [outcome, setOutcome] = useState<Resolution | null>(null);
  const [taskId, setTaskId] = useState("");
  const [tried, setTried] = useState(false);
  const needsId = step.kind === "import" && outcome === "happened";
  const file = view.files.find((candidate) => candidate.id === step.fileId)?.name ?? "";
  const names = { instance: view.target.instanceId, database: view.target.database, file };
  const look =
    step.kind === "import"
      ? t("migration.resolve.look_import", names)
      : step.kind === "open"
        ? t("migration.resolve.look_open", names)
        : t("migration.resolve.look_backup", { database: view.source.database });
  const confirm = () => {
    setTried(true);
    if (!outcome || (needsId && taskId.trim() === "")) return;
    act.mutate(
      { type: "resolve_unknown", stepId: step.id, outcome, rdsTaskId: needsId ? taskId.trim() : null },
      { onSuccess: onClose },
    );
  };
  return (
    <AskDialog
      title={t("migration.resolve.title")}
      description={t("migration.unknown.text")}
      confirm={t("migration.resolve.confirm")}
      busy={act.isPending}
      error={act.error}
      failed={t("migration.action_failed")}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Callout tone="info">{look}</Callout>
      <ChoiceCards
        legend={t("migration.resolve.title")}
        legendLook="hidden"
        value={outcome}
        onChange={setOutcome}
        choices={[
          {
            value: "happened",
            title: t("migration.resolve.happened"),
            text: t("migration.resolve.happened_hint"),
          },
          {
            value: "did_not_happen",
            title: t("migration.resolve.not_happened"),
            text: t("migration.resolve.not_happened_hint"),
          },
        ]}
      />
      {tried && !outcome ? (
        <p role="alert" className="text-cap text-status-danger">
          {t("migration.resolve.choose")}
        </p>
      ) : null}
      {needsId ? (
        <Field
          label={t("migration.resolve.task_id")}
          error={tried && taskId.trim() === "" ? t("migration.resolve.task_id_missing") : undefined}
        >
          {(control) => (
            <TextInput {...control} mono value={taskId} onChange={(event) => setTaskId(event.target.value)} />
          )}
        </Field>
      ) : null}
    </AskDialog>
  );
}
