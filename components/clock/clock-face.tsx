"use client";

import { useLocale, useT } from "@/components/locale/i18n-provider";
import { useNow } from "@/components/locale/use-now";
import { formatInstant, formatOffset, formatViewerZone } from "@/lib/format/format-instant";

/**
 * The server's now on each clock that somebody here reads, each with its name: the source's, where its offset is known, the
 * viewer's and UTC. Clocks that agree are still told apart: whose a time is must never be guessed.
 */
export function ClockFace({
  sourceOffsetMinutes,
  className,
}: {
  sourceOffsetMinutes: number | null;
  className?: string;
}) {
  const { t } = useT();
  const locale = useLocale();
  const now = useNow();
  // While the page is made on the server nobody's zone is known.
  if (now === 0) return null;
  const clocks = [
    ...(sourceOffsetMinutes === null
      ? []
      : [
          {
            name: t("format.clock.source"),
            // Its wall clock is UTC's, moved.
            time: formatInstant(now + sourceOffsetMinutes * 60_000, locale, "seconds", "UTC"),
            zone: formatOffset(sourceOffsetMinutes),
          },
        ]),
    {
      name: t("format.clock.local"),
      time: formatInstant(now, locale, "seconds", null),
      zone: formatViewerZone(now),
    },
    { name: t("format.clock.utc"), time: formatInstant(now, locale, "seconds", "UTC"), zone: "" },
  ];
  return (
    <dl className={className}>
      {clocks.map(({ name, time, zone }) => (
        <div key={name} className="flex items-baseline gap-[0.4em] whitespace-nowrap">
          <dt className="text-fg-2">{name}</dt>
          <dd>
            <b>{time}</b> <span className="text-fg-3">{zone}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
