"use client";

import clsx from "clsx";
import { useT } from "@/components/locale/i18n-provider";
import { TONE_TEXT } from "@/components/ui/tone";
import type { Status } from "@/lib/migration/vocabulary/status";
import { STATUS_TABLE } from "./status-table";

/** The glyph alone. `label` false where the word stands beside it. */
export function StatusGlyph({
  status,
  size = 16,
  label = true,
}: {
  status: Status;
  size?: number;
  label?: boolean;
}) {
  const { t } = useT();
  const { glyph: Glyph, tone, turns, label: key } = STATUS_TABLE[status];
  return (
    <Glyph
      size={size}
      strokeWidth={1.75}
      className={clsx("flex-none", TONE_TEXT[tone], turns && "motion-safe:animate-turn")}
      {...(label ? { role: "img", "aria-label": t(key) } : { "aria-hidden": true })}
    />
  );
}

/** Glyph and word without a pill, for tables and lanes. */
export function StatusWord({
  status,
  small,
  className,
}: {
  status: Status;
  small?: boolean;
  className?: string;
}) {
  const { t } = useT();
  const { tone, label, meaning } = STATUS_TABLE[status];
  return (
    <span
      title={t(meaning)}
      className={clsx(
        "inline-flex items-center gap-1.5 whitespace-nowrap font-medium",
        small && "text-table",
        TONE_TEXT[tone],
        className,
      )}
    >
      <StatusGlyph status={status} size={small ? 14 : 16} label={false} />
      {t(label)}
    </span>
  );
}
