"use client";

import clsx from "clsx";
import { TONE_FILL, type Tone } from "./tone";

interface ProgressBarProps {
  /** What is going on: the bar's name. */
  label: string;
  /** Said instead of a bare number, and shown by the caller: `412 MiB of 742 MiB (56 %)`. */
  valueText: string;
  /** 0 to 100; null while no total is known. */
  percent: number | null;
  tone?: Tone;
  /** Paler: the amount is a guess. */
  estimate?: boolean;
  className?: string;
}

export function ProgressBar({
  label,
  valueText,
  percent,
  tone = "info",
  estimate,
  className,
}: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuetext={valueText}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { "aria-valuenow": Math.round(percent) })}
      className={clsx("relative h-1.5 overflow-hidden rounded-full bg-surface-3", className)}
    >
      <span
        className={clsx(
          "absolute inset-y-0 left-0 rounded-full motion-safe:transition-[width] motion-safe:duration-500",
          TONE_FILL[tone],
          (estimate || percent === null) && "opacity-40",
        )}
        style={{ width: percent === null ? "100%" : `${Math.min(100, Math.max(0, percent))}%` }}
      />
    </div>
  );
}
