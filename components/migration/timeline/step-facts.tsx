"use client";

import type { ReactNode } from "react";
import { Bytes } from "@/components/locale/bytes";
import { Elapsed } from "@/components/locale/duration";
import { useT } from "@/components/locale/i18n-provider";
import { SourceTime, Timestamp } from "@/components/locale/timestamp";
import { Id, Lsn, Mono, ObjectKey } from "@/components/ui/mono";
import type { BackupFileView, MigrationView, StepView } from "@/lib/contracts/migration";
import type { MessageKey } from "@/lib/i18n/message-key";

type Row = [MessageKey, ReactNode];

/** What is known of a step and its file. What is not known is left out. */
export function StepFacts({
  step,
  file,
  view,
}: {
  step: StepView;
  file: BackupFileView | null;
  view: MigrationView;
}) {
  const { t } = useT();
  const rows = [
    ...timeRows(step),
    ...stepRows(step, t("migration.yes")),
    ...(file ? fileRows(file, view.bucket) : []),
  ];
  return (
    <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-2 sm:grid-cols-[116px_minmax(0,1fr)] sm:gap-x-3 gap-y-1 text-table">
      {rows.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-fg-2">{t(label)}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function timeRows(step: StepView): Row[] {
  const rows: Row[] = [];
  if (step.startedAt)
    rows.push(["timeline.detail.started", <Timestamp key="s" at={step.startedAt} style="full" />]);
  if (step.finishedAt)
    rows.push(["timeline.detail.ended", <Timestamp key="e" at={step.finishedAt} style="full" />]);
  if (step.startedAt) {
    rows.push(["timeline.detail.duration", <Elapsed key="d" from={step.startedAt} to={step.finishedAt} />]);
  }
  if (step.attempt > 1) rows.push(["timeline.detail.attempt", step.attempt]);
  if (step.nextCheckAt && step.status !== "failed") {
    rows.push(["timeline.detail.next_check", <Timestamp key="n" at={step.nextCheckAt} style="seconds" />]);
  }
  return rows;
}

function stepRows(step: StepView, yes: string): Row[] {
  const { facts } = step;
  const rows: Row[] = [];
  const text = (name: string) => (facts[name] == null || facts[name] === "" ? null : String(facts[name]));
  const rdsTaskId = text("rdsTaskId");
  const requestId = text("requestId");
  const path = text("path");
  const reads = text("reads");
  const status = text("taskStatus") ?? text("providerStatus");
  const description = text("description");
  const sessions = text("sessionsLeft");
  const parts = text("parts");
  if (path) rows.push(["timeline.detail.path", <Mono key="p">{path}</Mono>]);
  if (rdsTaskId) rows.push(["timeline.detail.rds_task", <Id key="t" id={rdsTaskId} />]);
  if (requestId) rows.push(["timeline.detail.request_id", <Id key="r" id={requestId} />]);
  if (facts.foundByLooking === "true") rows.push(["timeline.detail.found_by_looking", yes]);
  if (reads) rows.push(["timeline.detail.reads", reads]);
  if (typeof facts.bytesRead === "number") {
    rows.push(["timeline.detail.read_bytes", <Bytes key="b" bytes={facts.bytesRead} />]);
  }
  if (parts) rows.push(["timeline.detail.parts", parts]);
  if (sessions) rows.push(["timeline.detail.sessions_left", sessions]);
  if (status) rows.push(["timeline.detail.task_status", <Mono key="st">{status}</Mono>]);
  if (description) rows.push(["timeline.detail.description", description]);
  return rows;
}

function fileRows(file: BackupFileView, bucket: string | null): Row[] {
  const rows: Row[] = [
    ["timeline.detail.object", <ObjectKey key="o" objectKey={`oss://${bucket ?? ""}/${file.objectKey}`} />],
    ["timeline.detail.size", <Bytes key="z" bytes={file.sizeBytes} />],
  ];
  if (file.firstLsn) rows.push(["timeline.detail.first_lsn", <Lsn key="f" lsn={file.firstLsn} copy />]);
  if (file.lastLsn) rows.push(["timeline.detail.last_lsn", <Lsn key="l" lsn={file.lastLsn} copy />]);
  if (file.finishedAtLocal) {
    rows.push([
      "timeline.detail.source_time",
      <SourceTime key="t" local={file.finishedAtLocal} offsetMinutes={file.utcOffsetMinutes} />,
    ]);
  }
  if (file.crc64) rows.push(["timeline.detail.crc64", <Mono key="c">{file.crc64}</Mono>]);
  return rows;
}
