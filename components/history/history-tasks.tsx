"use client";

import { useQuery } from "@tanstack/react-query";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { StateWord } from "@/components/records/state-word";
import { TASK_LOOK } from "@/components/records/task-look";
import { Link } from "@/components/ui/link";
import { Mono } from "@/components/ui/mono";
import { Td, Tr } from "@/components/ui/table";
import { historyTasksQuery } from "@/lib/client/history-queries";
import type { HistoryTaskView } from "@/lib/contracts/history";
import { type HistoryColumn, HistoryPage, type HistoryRowsProps } from "./history-page";

const COLUMNS: readonly HistoryColumn[] = [
  { name: "database", sort: "database" },
  { name: "instance", sort: "instance" },
  { name: "started", sort: "started" },
  { name: "ended", sort: "ended" },
  { name: "status", sort: "status" },
  { name: "description" },
  { name: "person", sort: "person" },
];

/** Tasks of RDS, those made in the console too. */
export function HistoryTasks({ query, onChange }: HistoryRowsProps) {
  const page = useQuery(historyTasksQuery(query));
  return (
    <HistoryPage page={page} columns={COLUMNS} query={query} onChange={onChange}>
      {(rows) =>
        rows.map((task) => (
          <TaskRow key={`${task.connectionId} ${task.instanceId} ${task.rdsTaskId}`} task={task} />
        ))
      }
    </HistoryPage>
  );
}

function TaskRow({ task }: { task: HistoryTaskView }) {
  const { t, tx } = useT();
  const { connectionId, instanceId, rdsTaskId, diagnosis, status } = task;
  const files = new URLSearchParams({ connectionId, instanceId, task: rdsTaskId, from: "2000-01-01" });
  const told = diagnosis ? tx(`diagnosis.${diagnosis.key}.title`, diagnosis.params, "") : "";
  return (
    <Tr>
      <Td className="min-w-40 align-top wrap-anywhere">
        {task.migrationId ? (
          <Link href={`/migrations/${encodeURIComponent(task.migrationId)}`} className="link font-semibold">
            {task.databaseName}
          </Link>
        ) : (
          <span className="font-semibold">{task.databaseName}</span>
        )}
        <span className="block text-cap text-fg-3">{t(`field.method.${task.method}`)}</span>
      </Td>
      <Td className="align-top">
        <Mono>{instanceId}</Mono>
        <span className="block text-cap text-fg-2">{task.account ?? connectionId}</span>
      </Td>
      <Td className="align-top">
        <Timestamp at={task.startedAt} style="full" />
      </Td>
      <Td className="align-top">
        <Timestamp at={task.endedAt} style="full" />
      </Td>
      <Td className="align-top">
        <StateWord look={TASK_LOOK[status]}>
          {t(`records.task.status.${status}`, { status: task.providerStatus })}
        </StateWord>
      </Td>
      <Td className="min-w-52 align-top wrap-anywhere">
        {told || task.description}{" "}
        <Link href={`/records?${files}`} className="link whitespace-nowrap text-cap">
          {t("records.action.viewFiles")}
        </Link>
      </Td>
      <Td className="align-top">{task.person ?? t("records.origin.console")}</Td>
    </Tr>
  );
}
