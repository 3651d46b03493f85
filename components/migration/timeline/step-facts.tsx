"use client";

import type { ReactNode } from "react";
import { Bytes } from "@/components/locale/bytes";
import { Elapsed } from "@/components/locale/duration";
import { useT } from "@/components/locale/i18n-provider";
import { SourceTime } from "@/components/locale/source-time";
import { Timestamp } from "@/components/locale/timestamp";
import { Id, Lsn, Mono, ObjectKey } from "@/components/ui/mono";
import type { BackupFileView, MigrationView, StepView } from "@/lib/contracts/migration";
import type { Translator } from "@/lib/i18n/translate";

/** Label and value. */
type Row = [string, ReactNode];

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
  const { t, tx } = useT();
  const rows = [
    ...timeRows(step, t),
    ...factRows(step, t("migration.yes"), tx),
    ...(file ? fileRows(file, view.bucket, t) : []),
  ];
  return (
    <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-2 sm:grid-cols-[116px_minmax(0,1fr)] sm:gap-x-3 gap-y-1 text-table">
      {rows.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-fg-2">{label}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function timeRows(step: StepView, t: Translator["t"]): Row[] {
  const rows: Row[] = [];
  if (step.startedAt)
    rows.push([t("timeline.detail.started"), <Timestamp key="s" at={step.startedAt} style="full" />]);
  if (step.finishedAt)
    rows.push([t("timeline.detail.ended"), <Timestamp key="e" at={step.finishedAt} style="full" />]);
  if (step.startedAt) {
    rows.push([
      t("timeline.detail.duration"),
      <Elapsed key="d" from={step.startedAt} to={step.finishedAt} />,
    ]);
  }
  if (step.attempt > 1) rows.push([t("timeline.detail.attempt"), step.attempt]);
  if (step.nextCheckAt && step.status !== "failed") {
    rows.push([t("timeline.detail.next_check"), <Timestamp key="n" at={step.nextCheckAt} style="seconds" />]);
  }
  return rows;
}

function factRows(step: StepView, yes: string, tx: Translator["tx"]): Row[] {
  return step.facts
    .filter((fact) => fact.as !== "wire")
    .map((fact) => [
      tx(`timeline.detail.${fact.name}`, {}, fact.name),
      <Fact key={fact.name} fact={fact} yes={yes} />,
    ]);
}

function Fact({ fact: { value, as }, yes }: { fact: StepView["facts"][number]; yes: string }) {
  if (value === true) return yes;
  switch (as) {
    case "mono":
      return <Mono>{String(value)}</Mono>;
    case "id":
      return <Id id={String(value)} />;
    case "bytes":
      return <Bytes bytes={Number(value)} />;
    case "text":
    case "wire":
      return String(value);
  }
}

function fileRows(file: BackupFileView, bucket: string | null, t: Translator["t"]): Row[] {
  const rows: Row[] = [
    [
      t("timeline.detail.object"),
      <ObjectKey key="o" objectKey={`oss://${bucket ?? ""}/${file.objectKey}`} />,
    ],
    [t("timeline.detail.size"), <Bytes key="z" bytes={file.sizeBytes} />],
  ];
  if (file.firstLsn) rows.push([t("timeline.detail.first_lsn"), <Lsn key="f" lsn={file.firstLsn} copy />]);
  if (file.lastLsn) rows.push([t("timeline.detail.last_lsn"), <Lsn key="l" lsn={file.lastLsn} copy />]);
  if (file.finishedAtLocal) {
    rows.push([
      t("timeline.detail.source_time"),
      <SourceTime key="t" local={file.finishedAtLocal} offsetMinutes={file.utcOffsetMinutes} />,
    ]);
  }
  if (file.crc64) rows.push([t("timeline.detail.crc64"), <Mono key="c">{file.crc64}</Mono>]);
  return rows;
}
