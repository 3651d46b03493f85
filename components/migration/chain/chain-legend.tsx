"use client";

import clsx from "clsx";
import { useT } from "@/components/locale/i18n-provider";

const LOOKS = [
  ["chain.on_path", "border border-border-strong bg-surface-2 shadow-[inset_0_-2px_0_var(--accent)]"],
  ["chain.missing", "border border-status-danger bg-hatch-danger"],
  ["chain.held", "border border-status-warning-line bg-status-warning-tint"],
  ["chain.not_used", "border border-dashed border-border-strong"],
] as const;

/** What the looks of the lane's blocks mean. */
export function ChainLegend() {
  const { t } = useT();
  return (
    <span aria-hidden className="hidden gap-3.5 text-cap text-fg-2 sm:flex">
      {LOOKS.map(([key, look]) => (
        <span key={key} className="inline-flex items-center gap-1.5">
          <span className={clsx("h-3 w-5 rounded-[2px]", look)} />
          {t(key)}
        </span>
      ))}
    </span>
  );
}
