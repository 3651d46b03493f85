"use client";

import clsx from "clsx";
import { ChevronRight } from "lucide-react";
import { useId } from "react";
import { Elapsed } from "@/components/locale/duration";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { useFormat } from "@/components/locale/use-format";
import type { StepGroup } from "@/components/migration/timeline/join-groups";
import { StatusGlyph } from "@/components/status/status-word";
import type { StepView } from "@/lib/contracts/migration";
import { isOpenStep } from "@/lib/migration/snapshot";
import { groupTitle } from "./group-title";
import { useStepNote } from "./use-step-note";

interface StepGroupRowProps {
  group: StepGroup;
  open: boolean;
  onToggle: () => void;
  selected: string | null;
  onSelect: (stepId: string) => void;
}

export function StepGroupRow({ group, open, onToggle, selected, onSelect }: StepGroupRowProps) {
  const { tx } = useT();
  const id = useId();
  const chosen = group.steps.some((step) => step.id === selected);
  return (
    <li
      data-group={group.key}
      className={clsx(chosen && "bg-surface-2 shadow-[inset_2px_0_0_var(--accent)]")}
    >
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={onToggle}
        className="grid min-h-10 w-full grid-cols-[14px_16px_minmax(0,1fr)_auto] items-center gap-x-2.5 px-3 py-1 text-left text-table -outline-offset-2 hover:bg-surface-2 sm:grid-cols-[14px_16px_minmax(0,1fr)_auto_84px] sm:pr-4"
      >
        <ChevronRight size={14} aria-hidden className={clsx("text-fg-3", open && "rotate-90")} />
        <StatusGlyph status={group.status} />
        <span className="min-w-0">
          <span className="font-medium">{groupTitle(group, tx)}</span>
          <GroupNote group={group} />
        </span>
        <span className="hidden whitespace-nowrap text-cap text-fg-3 sm:block">
          {group.startedAt ? <Timestamp at={group.startedAt} style="short" /> : null}
        </span>
        <span className="text-right text-fg-2">
          {group.startedAt ? <Elapsed from={group.startedAt} to={group.finishedAt} /> : null}
        </span>
      </button>
      <ol id={id} hidden={!open} className="pr-3 pb-2 pl-8 sm:pr-4 sm:pl-14">
        {group.steps.map((step) => (
          <StepRow key={step.id} step={step} selected={step.id === selected} onSelect={onSelect} />
        ))}
      </ol>
    </li>
  );
}

/** One line: what goes on, or what came of it. */
function GroupNote({ group }: { group: StepGroup }) {
  const { t } = useT();
  const format = useFormat();
  const noteOf = useStepNote();
  const active = group.steps.find((step) => isOpenStep(step));
  const size = group.file?.sizeBytes;
  const note = active
    ? noteOf(active)
    : [
        size == null ? "" : format.bytes(size),
        group.file?.state === "skipped" ? t("files.state.skipped") : "",
      ]
        .filter(Boolean)
        .join(" · ");
  return note ? <span className="block text-fg-2 sm:ml-2 sm:inline">{note}</span> : null;
}

function StepRow({
  step,
  selected,
  onSelect,
}: {
  step: StepView;
  selected: boolean;
  onSelect: (stepId: string) => void;
}) {
  const { t } = useT();
  const noteOf = useStepNote();
  const note = isOpenStep(step) ? noteOf(step, true) : "";
  return (
    <li>
      <button
        type="button"
        aria-current={selected ? "true" : undefined}
        onClick={() => onSelect(step.id)}
        className={clsx(
          "grid min-h-7 w-full grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-2 rounded-sm px-1.5 py-0.5 text-left text-table hover:bg-surface-3",
          selected && "bg-surface-3 font-medium",
        )}
      >
        <StatusGlyph status={step.status} size={14} />
        <span className="min-w-0">
          {t(`timeline.kind.${step.kind}`)}
          {note ? <span className="text-fg-2"> · {note}</span> : null}
        </span>
        <span className="text-fg-2">
          {step.startedAt ? <Elapsed from={step.startedAt} to={step.finishedAt} /> : null}
        </span>
      </button>
    </li>
  );
}
