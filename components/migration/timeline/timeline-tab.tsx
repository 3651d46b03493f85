"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { useMemo } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { joinGroups } from "@/components/migration/timeline/join-groups";
import { TimelinePanel } from "@/components/migration/timeline/timeline-panel";
import { eventsQuery } from "@/lib/client/migration-queries";
import type { MigrationView } from "@/lib/contracts/migration";
import { isOpenStep } from "@/lib/migration/snapshot";
import { groupTitle } from "./group-title";
import { StepInspector } from "./step-inspector";
import { StepList } from "./step-list";
import { useOutlook } from "./use-outlook";

interface TimelineTabProps {
  view: MigrationView;
  selected: string | null;
  onSelect: (stepId: string | null) => void;
}

const NONE = "none";

/** Axis, step list and inspector: one selection for all three. Without one the inspector follows what runs. */
export function TimelineTab({ view, selected, onSelect }: TimelineTabProps) {
  const { tx } = useT();
  const events = useQuery(eventsQuery(view.id)).data ?? [];
  const groups = useMemo(() => joinGroups(view), [view]);
  const steps = groups.flatMap((group) => group.steps);
  const now = groups.find((candidate) => !candidate.ended);
  const followed = now ? (now.steps.find(isOpenStep) ?? now.steps.at(-1)) : steps.at(-1);
  const stepId =
    steps.some((step) => step.id === selected) || selected === NONE ? selected : (followed?.id ?? null);
  const group = groups.find((candidate) => candidate.steps.some((step) => step.id === stepId));
  const step = group?.steps.find((candidate) => candidate.id === stepId);
  const running = view.finishedAt === null && view.status !== "cancelled";
  const outlook = useOutlook(view);
  return (
    <div className="space-y-4">
      <TimelinePanel
        groups={groups}
        outlook={outlook}
        running={running}
        selected={stepId}
        onSelect={onSelect}
        titleOf={(candidate) => groupTitle(candidate, tx)}
      />
      <div
        className={clsx(
          "grid items-start gap-4",
          group && step && "lg:grid-cols-[minmax(0,1fr)_400px] 2xl:grid-cols-[minmax(0,1fr)_440px]",
        )}
      >
        <StepList groups={groups} selected={stepId} onSelect={onSelect} />
        {group && step ? (
          <StepInspector
            key={step.id}
            view={view}
            group={group}
            step={step}
            events={events}
            onClose={() => onSelect(NONE)}
          />
        ) : null}
      </div>
    </div>
  );
}
