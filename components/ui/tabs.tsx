"use client";

import clsx from "clsx";
import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface Tab<V extends string> {
  value: V;
  label: ReactNode;
  /** How many there are, as it is shown beside the label. */
  count?: ReactNode;
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

/** Tabs with arrow keys; the page keeps `value` in its URL. */
export function Tabs<V extends string>({ tabs, value, onChange, label, children, className }: TabsProps<V>) {
  const choose = (next: string) => {
    const tab = tabs.find((candidate) => candidate.value === next);
    if (tab) onChange(tab.value);
  };
  return (
    <Radix.Root value={value} onValueChange={choose} className={className}>
      <Radix.List aria-label={label} className="mb-4 flex gap-1 overflow-x-auto border-b border-border">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className={clsx(
              "-mb-px flex-none border-b-2 border-transparent px-2.5 py-2 font-medium text-fg-2 text-table -outline-offset-2 hover:text-fg",
              "data-[state=active]:border-accent data-[state=active]:text-fg",
            )}
          >
            {tab.label}
            {tab.count === undefined ? null : <span className="ml-1 font-normal text-fg-3">{tab.count}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      <Radix.Content value={value} className="outline-offset-4">
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}
