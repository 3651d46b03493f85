"use client";

import { useLocale } from "@/components/locale/i18n-provider";
import { formatBytes } from "@/lib/format/format-bytes";
import { formatNumber } from "@/lib/format/format-number";

/** A size in IEC units; hover tells the exact bytes. */
export function Bytes({ bytes }: { bytes: number | null }) {
  const locale = useLocale();
  if (bytes === null) return <span className="text-fg-3">–</span>;
  return (
    <span title={`${formatNumber(bytes, locale)} B`} className="whitespace-nowrap">
      {formatBytes(bytes, locale)}
    </span>
  );
}
