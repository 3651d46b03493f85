"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useNow } from "@/components/locale/use-now";
import type { MigrationView } from "@/lib/contracts/migration";
import { gapEndMs, gapHistory } from "./gap-history";

const WIDTH = 200;
const HEIGHT = 24;

/** How the data gap went over the last rounds, as a line; said in words to who does not see it. */
export function GapSparkline({ view }: { view: MigrationView }) {
  const { t } = useT();
  const format = useFormat();
  const now = useNow(view.finishedAt === null);
  const points = gapHistory(view.files, gapEndMs(view, now));
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const most = Math.max(...points.map(({ gapMs }) => gapMs), 1);
  const span = Math.max(1, last.atMs - first.atMs);
  const line = points
    .map(({ atMs, gapMs }) => {
      const x = ((atMs - first.atMs) / span) * WIDTH;
      const y = HEIGHT - 1 - (gapMs / most) * (HEIGHT - 3);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
  return (
    <svg
      role="img"
      aria-label={t("migration.fact.gap_line", {
        since: format.instant(first.atMs),
        most: format.duration(most),
      })}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-full w-full"
    >
      <polygon points={`0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}`} className="fill-surface-3" />
      <polyline
        points={line}
        fill="none"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
        className="stroke-fg-2"
      />
    </svg>
  );
}
