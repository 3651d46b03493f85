"use client";

import { useT } from "@/components/locale/i18n-provider";
import { formatOffset, formatSourceTime } from "@/lib/format/format-instant";

/** A time by the source server's own clock, as that server wrote it; never converted. */
export function SourceTime({
  local,
  offsetMinutes,
}: {
  local: string | null;
  offsetMinutes?: number | null;
}) {
  const { t } = useT();
  if (local === null) return <span className="text-fg-3">–</span>;
  const zone =
    offsetMinutes === null || offsetMinutes === undefined
      ? t("format.zone_unknown")
      : formatOffset(offsetMinutes);
  return (
    <span title={t("format.source_time", { zone })} className="whitespace-nowrap">
      {formatSourceTime(local)}
    </span>
  );
}
