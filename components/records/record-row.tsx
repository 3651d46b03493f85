"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useId } from "react";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { useFormat } from "@/components/locale/use-format";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { Td, Tr } from "@/components/ui/table";
import type { RecordTaskView } from "@/lib/contracts/record";
import { TaskStatus } from "./task-status";

const DiagnosisNote = latePiece({
  texts: ["diagnosis", "records"],
  load: async () => (await import("./diagnosis-note")).DiagnosisNote,
});

export type RecordAction = "uploadIncremental" | "openDatabase" | "viewFiles";

interface RecordRowProps {
  task: RecordTaskView;
  selected: boolean;
  open: boolean;
  onToggle: () => void;
  onAction: (action: RecordAction) => void;
}

/** What the console offers for a task in this state. */
export function actionsOf(task: RecordTaskView): RecordAction[] {
  return task.status === "waiting_for_backup"
    ? ["uploadIncremental", "openDatabase", "viewFiles"]
    : ["viewFiles"];
}

/** One task; a failed one carries its diagnosis in place. */
export function RecordRow({ task, selected, open, onToggle, onAction }: RecordRowProps) {
  const { t } = useT();
  const format = useFormat();
  const noteId = useId();
  const { databaseName: database } = task;
  const diagnosed = task.status === "failed" || (task.diagnosis !== null && task.status !== "succeeded");
  const wordsOf = useTaskDescription();
  const status = <TaskStatus task={task} />;
  const description = (
    <span className="flex items-start gap-1">
      {diagnosed ? (
        <IconButton
          size="sm"
          icon={open ? ChevronDown : ChevronRight}
          label={open ? t("records.diagnosis.hide", { database }) : t("records.diagnosis.show", { database })}
          aria-expanded={open}
          aria-controls={noteId}
          onClick={onToggle}
          className="-my-0.5 print:hidden"
        />
      ) : null}
      <span>
        {wordsOf(task)}
        {task.replaced ? <span className="block text-cap text-fg-2">{t("records.replaced")}</span> : null}
      </span>
    </span>
  );
  const actions = (
    <span className="flex flex-wrap gap-x-3 print:hidden">
      {actionsOf(task).map((action) => {
        const label = t(`records.action.${action}`);
        return (
          <button
            key={action}
            type="button"
            aria-label={t("records.action.label", { action: label, database })}
            onClick={() => onAction(action)}
            className="link min-h-6 whitespace-nowrap"
          >
            {label}
          </button>
        );
      })}
    </span>
  );
  return (
    <>
      <Tr selected={selected} className={open && diagnosed ? "border-b-0" : ""}>
        <Td className="min-w-40 align-top">
          {task.migrationId ? (
            <Link
              href={`/migrations/${encodeURIComponent(task.migrationId)}`}
              title={t("records.origin.openMigration", { database })}
              className="link font-semibold"
            >
              {database}
            </Link>
          ) : (
            <span className="font-semibold">{database}</span>
          )}
          <span className="block text-cap text-fg-3">
            {t(`field.method.${task.method}`)}
            {" · "}
            {task.migrationId ? t("records.origin.ours") : t("records.origin.console")}
          </span>
          {task.sourceClosedSince ? (
            <span className="block font-medium text-cap text-status-warning">
              {t("records.origin.source_closed", { time: format.instant(task.sourceClosedSince) })}
            </span>
          ) : null}
          {task.listedByRds ? null : (
            <span className="block text-cap text-fg-3">{t("records.origin.notListed")}</span>
          )}
          {/* Where the table is narrow the other columns stand under the name. */}
          <div className="mt-1 space-y-0.5 @4xl:hidden">
            {status}
            <span className="block text-cap text-fg-2">
              <Timestamp at={task.startedAt} style="full" />
              {task.endedAt ? (
                <>
                  {" – "}
                  <Timestamp at={task.endedAt} style="full" />
                </>
              ) : null}
            </span>
            {description}
            {actions}
          </div>
        </Td>
        <Td className="align-top @max-4xl:hidden">
          <Timestamp at={task.startedAt} style="full" />
        </Td>
        <Td className="align-top @max-4xl:hidden">
          <Timestamp at={task.endedAt} style="full" />
        </Td>
        <Td className="align-top @max-4xl:hidden">{status}</Td>
        <Td className="min-w-52 align-top wrap-anywhere @max-4xl:hidden">{description}</Td>
        <Td className="align-top @max-4xl:hidden print:hidden">{actions}</Td>
      </Tr>
      {diagnosed && open ? (
        <tr id={noteId} className="border-b border-border last:border-b-0">
          <td colSpan={6}>
            <DiagnosisNote task={task} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

/** One line about a task: the known meaning of its message, else what its state means. */
function useTaskDescription(): (task: RecordTaskView) => string {
  const { t, tx } = useT();
  return ({ diagnosis, description, status }) => {
    if (diagnosis) {
      const title = tx(`diagnosis.${diagnosis.key}.title`, diagnosis.params, "");
      if (title) return title;
    }
    switch (status) {
      case "waiting_for_backup":
        return t("records.description.waiting");
      case "running":
        return description || t("records.description.running");
      case "not_started":
        return t("records.description.not_started");
      case "succeeded":
        return description || t("records.description.succeeded");
      case "failed":
      case "other":
        return description || t("records.description.none");
    }
  };
}
