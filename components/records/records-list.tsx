"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useStandingError } from "@/components/failure/use-standing-error";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SkeletonLines } from "@/components/ui/skeleton";
import { Table, TableHead, Th } from "@/components/ui/table";
import type { RecordListView, RecordTaskView } from "@/lib/contracts/record";
import type { RecordsFilter } from "@/lib/contracts/record-input";
import { NothingHere } from "./nothing-here-late";
import { type RecordAction, RecordRow } from "./record-row";
import { lastDays, narrowTasks, type RecordsUrl } from "./records-url";

const FilesDrawer = latePiece({
  texts: ["field", "object", "records"],
  load: async () => (await import("./files-drawer")).FilesDrawer,
});

const IncrementalDrawer = latePiece({
  texts: ["bucket", "error", "object", "records"],
  load: async () => (await import("./incremental-drawer")).IncrementalDrawer,
});

const OpenDatabaseDialog = latePiece({
  texts: ["check", "records"],
  load: async () => (await import("./open-database-dialog")).OpenDatabaseDialog,
});

interface RecordsListProps {
  url: RecordsUrl;
  filter: RecordsFilter;
  records: UseQueryResult<z.infer<typeof RecordListView>>;
  today: Date;
  onChange: (patch: Partial<RecordsUrl>) => void;
}

const COLUMNS = ["database", "start", "end", "status", "description", "actions"] as const;
const HEADINGS: Record<(typeof COLUMNS)[number], string> = {
  database: "",
  start: "@max-4xl:hidden",
  end: "@max-4xl:hidden",
  status: "@max-4xl:hidden",
  description: "@max-4xl:hidden",
  actions: "@max-4xl:hidden print:hidden",
};

/** The table with its states, and what its actions open. */
export function RecordsList({ url, filter, records, today, onChange }: RecordsListProps) {
  const { t } = useT();
  const format = useFormat();
  /** Rows whose diagnosis a person opened or closed; the newest failure is open by itself. */
  const [toggled, setToggled] = useState<Readonly<Record<string, boolean>>>({});
  const [acting, setActing] = useState<{ action: RecordAction; task: RecordTaskView } | null>(null);
  const { data } = records;
  const failure = useStandingError(records);

  if (failure) {
    return <ErrorPanel title={t("records.error.list")} error={failure} onRetry={() => records.refetch()} />;
  }
  if (!data) return <SkeletonLines lines={6} label={t("records.loading")} />;
  const tasks = narrowTasks(data.tasks, url);
  const newestFailure = tasks.find(({ status }) => status === "failed")?.rdsTaskId;
  const isOpen = (id: string) => toggled[id] ?? id === newestFailure;
  const refOf = (rdsTaskId: string) => ({
    connectionId: filter.connectionId,
    instanceId: filter.instanceId,
    rdsTaskId,
  });
  const act = (action: RecordAction, task: RecordTaskView) => {
    if (action === "viewFiles") onChange({ task: task.rdsTaskId });
    else setActing({ action, task });
  };
  const total = data.tasks.length;

  return (
    <>
      {data.stale || records.isError ? (
        <Callout
          tone="warning"
          role="status"
          title={t("records.stale.title")}
          className="mb-3"
          actions={<Button onClick={() => records.refetch()}>{t("records.stale.retry")}</Button>}
        >
          {t("records.stale.text", { time: format.instant(data.asOf, "full") })}
        </Callout>
      ) : null}
      <p className="hidden text-table print:block">
        {t("records.printed", { instance: filter.instanceId, from: filter.from, to: filter.to })}
      </p>
      <p className="mb-2 text-cap text-fg-2" role="status">
        {tasks.length === total
          ? t("records.count.all", { count: total })
          : t("records.count.narrowed", { shown: tasks.length, count: total })}
        <span aria-hidden> · {t("records.asOf", { time: format.instant(data.asOf, "seconds") })}</span>
      </p>
      <div className="panel @container overflow-hidden">
        {tasks.length > 0 ? (
          <Table caption={t("records.table.caption", { instance: filter.instanceId })}>
            <TableHead>
              {COLUMNS.map((column) => (
                <Th key={column} className={HEADINGS[column]}>
                  {t(`records.col.${column}`)}
                </Th>
              ))}
            </TableHead>
            <tbody>
              {tasks.map((task) => (
                <RecordRow
                  key={task.rdsTaskId}
                  task={task}
                  selected={url.task === task.rdsTaskId}
                  open={isOpen(task.rdsTaskId)}
                  onToggle={() =>
                    setToggled((before) => ({ ...before, [task.rdsTaskId]: !isOpen(task.rdsTaskId) }))
                  }
                  onAction={(action) => act(action, task)}
                />
              ))}
            </tbody>
          </Table>
        ) : total > 0 ? (
          <NothingHere what="matching" total={total} onAct={() => onChange({ q: "", status: [] })} />
        ) : (
          <NothingHere what="inRange" onAct={() => onChange(lastDays(30, today))} />
        )}
      </div>
      {url.task ? (
        <FilesDrawer
          taskRef={refOf(url.task)}
          task={data.tasks.find(({ rdsTaskId }) => rdsTaskId === url.task)}
          onClose={() => onChange({ task: null })}
        />
      ) : null}
      {acting?.action === "uploadIncremental" ? (
        <IncrementalDrawer
          taskRef={refOf(acting.task.rdsTaskId)}
          task={acting.task}
          onClose={() => setActing(null)}
        />
      ) : null}
      {acting?.action === "openDatabase" ? (
        <OpenDatabaseDialog
          taskRef={refOf(acting.task.rdsTaskId)}
          task={acting.task}
          onClose={() => setActing(null)}
        />
      ) : null}
    </>
  );
}
