"use client";

import clsx from "clsx";
import { type KeyboardEvent, type ReactNode, useId } from "react";

export interface Tab<V extends string> {
  value: V;
  label: ReactNode;
  /** How many there are, as it is shown beside the label. */
  count?: ReactNode;
  /** Pointer or focus came near: it may be chosen next. */
  onNear?: (() => void) | undefined;
}

interface TabsProps<V extends string> {
  tabs: readonly Tab<V>[];
  value: V;
  onChange: (value: V) => void;
  label: string;
  /** The panel of `value`. Only the chosen one exists. */
  children: ReactNode;
  className?: string;
}

/** Where a key leads from the tab at `at`; null for keys that are not ours. */
function next(key: string, at: number, count: number): number | null {
  if (key === "ArrowRight") return (at + 1) % count;
  if (key === "ArrowLeft") return (at - 1 + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}

/** Tabs with arrow keys; the page keeps `value` in its URL. */
export function Tabs<V extends string>({ tabs, value, onChange, label, children, className }: TabsProps<V>) {
  const id = useId();
  const press = (event: KeyboardEvent<HTMLElement>, at: number) => {
    const to = next(event.key, at, tabs.length);
    const tab = to === null ? undefined : tabs[to];
    if (!tab) return;
    event.preventDefault();
    document.getElementById(`${id}-${tab.value}`)?.focus();
    onChange(tab.value);
  };
  return (
    <div className={className}>
      <div
        role="tablist"
        aria-label={label}
        className="mb-4 flex gap-1 overflow-x-auto border-b border-border"
      >
        {tabs.map((tab, at) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-${tab.value}`}
            aria-selected={tab.value === value}
            {...(tab.value === value && { "aria-controls": `${id}-panel` })}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onChange(tab.value)}
            onKeyDown={(event) => press(event, at)}
            onPointerEnter={tab.onNear}
            onFocus={tab.onNear}
            className={clsx(
              "-mb-px flex-none border-b-2 border-transparent px-2.5 py-2 font-medium text-fg-2 text-table -outline-offset-2 hover:text-fg",
              "aria-selected:border-accent aria-selected:text-fg",
            )}
          >
            {tab.label}
            {tab.count === undefined ? null : <span className="ml-1 font-normal text-fg-3">{tab.count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`} className="outline-offset-4">
        {children}
      </div>
    </div>
  );
}
