"use client";

import { FailureNote } from "@/components/failure/failure-note";
import { Elapsed } from "@/components/locale/duration";
import { useT } from "@/components/locale/i18n-provider";
import { joinGroups, type StepGroup } from "@/components/migration/timeline/join-groups";
import { STATUS_TABLE } from "@/components/status/status-table";
import { StatusGlyph } from "@/components/status/status-word";
import { Lsn } from "@/components/ui/mono";
import type { MigrationView, StepView } from "@/lib/contracts/migration";
import { useAct } from "../act/use-act";
import { groupTitle } from "../timeline/group-title";
import { RetryButton } from "../timeline/retry-button";
import { StepProgress } from "../timeline/step-progress";
import { DeadlineLine } from "./deadline-line";
import { DowntimeClock } from "./downtime-clock";
import { GoBack } from "./go-back";
import { OnlineSummary } from "./online-summary";

interface CutoverProgressProps {
  view: MigrationView;
  cutover: NonNullable<MigrationView["cutover"]>;
}

/** The cutover as it goes: its steps left, the clock and the way back right. */
export function CutoverProgress({ view, cutover }: CutoverProgressProps) {
  const { t, tx } = useT();
  const groups = joinGroups(view).filter((group) => group.ofCutover);
  return (
    <div className="flex flex-col md:grid md:grid-cols-[minmax(0,1fr)_340px]">
      <div className="order-2 px-4 py-3 sm:px-6 md:order-1">
        {cutover.onlineAt ? <OnlineSummary view={view} bare /> : null}
        {groups.length === 0 ? (
          <p className="py-2 text-fg-2 text-table">{t("cutover.waiting.title")}</p>
        ) : null}
        <ol aria-label={t("cutover.part.label")} className="divide-y divide-border">
          {groups.map((group) => (
            <li key={group.key} className="py-2.5">
              <GroupProgress view={view} group={group} />
            </li>
          ))}
          {cutover.ahead.map((title) => (
            <li
              key={title}
              className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-2 py-2.5 text-fg-2 text-table"
            >
              <StatusGlyph status="pending" />
              {groupTitle({ title, number: null }, tx)}
            </li>
          ))}
        </ol>
      </div>
      <div className="contents md:order-2 md:block md:space-y-4 md:rounded-br-lg md:border-l md:border-border md:bg-surface-2 md:px-6 md:py-5">
        <div className="sticky top-0 z-1 order-1 border-b border-border bg-surface-2 px-4 py-3 md:static md:border-0 md:p-0">
          <DowntimeClock cutover={cutover} />
        </div>
        <div className="order-3 space-y-4 bg-surface-2 px-4 py-4 md:p-0">
          <DeadlineLine cutover={cutover} />
          <GoBack view={view} />
          <p className="text-cap text-fg-2">{t("cutover.close.note")}</p>
        </div>
      </div>
    </div>
  );
}

function GroupProgress({ view, group }: { view: MigrationView; group: StepGroup }) {
  const { tx } = useT();
  return (
    <>
      <h3 className="mb-0.5 text-table">{groupTitle(group, tx)}</h3>
      <ol>
        {group.steps.map((step) => (
          <li key={step.id}>
            <StepLine id={view.id} step={step} />
          </li>
        ))}
      </ol>
      {group.file?.firstLsn ? (
        <p className="mt-0.5 pl-7 text-cap text-fg-2">
          <Lsn lsn={group.file.firstLsn} /> → <Lsn lsn={group.file.lastLsn} />
        </p>
      ) : null}
    </>
  );
}

function StepLine({ id, step }: { id: string; step: StepView }) {
  const { t } = useT();
  const act = useAct(id);
  const open = step.finishedAt === null;
  return (
    <div className="grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-2 py-0.5 text-table">
      <span className="pt-0.5">
        <StatusGlyph status={step.status} />
      </span>
      <div className="min-w-0">
        {t(`timeline.kind.${step.kind}`)}
        {step.status === "succeeded" || step.status === "running" ? null : (
          <span className="text-fg-2"> · {t(STATUS_TABLE[step.status].label)}</span>
        )}
        {open && step.startedAt ? (
          <div className="mt-1.5 mb-1">
            <StepProgress step={step} />
          </div>
        ) : null}
        {step.failure && step.status !== "succeeded" ? (
          <div className="mt-1 space-y-2">
            <FailureNote failure={step.failure} />
            <RetryButton act={act} step={step} size="sm" />
          </div>
        ) : null}
      </div>
      <span className="text-fg-2">
        {step.startedAt ? <Elapsed from={step.startedAt} to={step.finishedAt} /> : null}
      </span>
    </div>
  );
}
