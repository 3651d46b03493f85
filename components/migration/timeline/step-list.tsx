"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { foldGroups } from "@/components/migration/timeline/fold-groups";
import type { StepGroup } from "@/components/migration/timeline/join-groups";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Kbd } from "@/components/ui/kbd";
import { Panel } from "@/components/ui/panel";
import { StepGroupRow } from "./step-group-row";

interface StepListProps {
  groups: StepGroup[];
  selected: string | null;
  onSelect: (stepId: string) => void;
}

/** Steps in order, as disclosure rows: what runs is open, what failed opens itself, what is done stays one line. */
export function StepList({ groups, selected, onSelect }: StepListProps) {
  const { t } = useT();
  const [toggled, setToggled] = useState<Record<string, boolean>>({});
  const [unfolded, setUnfolded] = useState<Record<string, boolean>>({});
  const steps = useMemo(() => groups.flatMap((group) => group.steps), [groups]);
  const done = groups.filter((group) => group.ended).length;

  const move = (by: number) => {
    const index = steps.findIndex((step) => step.id === selected);
    const next = steps[Math.min(steps.length - 1, Math.max(0, index + by))];
    if (next) onSelect(next.id);
  };
  useShortcuts({ j: () => move(1), k: () => move(-1) });

  const failed = groups.find((group) => group.status === "failed" || group.status === "unknown")?.key ?? null;
  const list = useRef<HTMLOListElement>(null);
  const shown = useRef(failed);
  useEffect(() => {
    // Only a failure that happens while one looks: a page never jumps as it opens.
    if (!failed || failed === shown.current) return;
    shown.current = failed;
    list.current?.querySelector(`[data-group="${failed}"]`)?.scrollIntoView({ block: "nearest" });
  }, [failed]);

  const isOpen = (group: StepGroup) =>
    toggled[group.key] ?? (!group.ended || group.steps.some((step) => step.id === selected));
  const row = (group: StepGroup) => (
    <StepGroupRow
      key={group.key}
      group={group}
      open={isOpen(group)}
      onToggle={() => setToggled({ ...toggled, [group.key]: !isOpen(group) })}
      selected={selected}
      onSelect={onSelect}
    />
  );
  return (
    <Panel
      title={t("timeline.steps.title")}
      note={t("timeline.steps.count", { done, total: groups.length })}
      actions={
        <span aria-hidden className="print:hidden hidden items-center gap-1 text-cap text-fg-2 sm:flex">
          <Kbd>j</Kbd>
          <Kbd>k</Kbd>
          {t("timeline.steps.keys")}
        </span>
      }
    >
      <ol ref={list} className="divide-y divide-border">
        {foldGroups(groups).map((item) => {
          if (item.type === "group") return row(item.group);
          if (unfolded[item.key]) return item.groups.map(row);
          return (
            <li key={item.key}>
              <button
                type="button"
                className="min-h-10 w-full px-9 text-left text-accent text-table -outline-offset-2 hover:underline"
                onClick={() => setUnfolded({ ...unfolded, [item.key]: true })}
              >
                {t("timeline.steps.folded", { count: item.groups.length })}
              </button>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
