"use client";

import { type MouseEvent, type RefObject, useMemo } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import type { Span } from "../files/use-span";
import { type LaneLayout, type OverviewCell, overviewCells } from "./lane-layout";

const CELLS = 400;
const FILL: Record<Exclude<OverviewCell, null>, string> = {
  path: "fill-border-strong",
  held: "fill-status-warning",
  unused: "fill-border",
  gap: "fill-status-danger",
};
/** A lane that nearly fits needs no map. */
const WORTH_IT = 2_400;

interface LaneOverviewProps {
  layout: LaneLayout;
  scroller: RefObject<HTMLDivElement | null>;
  span: Span;
}

/** The whole chain as a strip: where the gap is, and what part is on screen. Pressing it goes there. */
export function LaneOverview({ layout, scroller, span }: LaneOverviewProps) {
  const { t } = useT();
  const runs = useMemo(() => runsOf(overviewCells(layout, CELLS)), [layout]);
  if (layout.width < WORTH_IT) return null;
  const gap = layout.byKey.get("gap");
  const showX = (x: number) => {
    const element = scroller.current;
    if (element) element.scrollLeft = Math.max(0, x - element.clientWidth / 2);
  };
  const press = (event: MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    showX(((event.clientX - box.left) / box.width) * layout.width);
  };
  const part = (x: number) => (Math.min(x, layout.width) / layout.width) * CELLS;
  return (
    <div className="mb-3 flex items-center gap-2">
      <svg
        aria-hidden
        viewBox={`0 0 ${CELLS} 14`}
        preserveAspectRatio="none"
        className="h-3.5 min-w-0 flex-1 cursor-pointer rounded-sm bg-surface-2"
        onMouseDown={press}
      >
        {runs.map(({ from, to, look }) => (
          <rect key={from} x={from} y={3} width={to - from} height={8} className={FILL[look]} />
        ))}
        <rect
          x={part(span.from)}
          y={0.75}
          width={Math.max(2, part(span.to) - part(span.from))}
          height={12.5}
          className="fill-transparent stroke-accent"
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <Button size="sm" onClick={() => showX(0)}>
        {t("chain.jump.start")}
      </Button>
      {gap ? (
        <Button size="sm" onClick={() => showX(gap.x + gap.width / 2)}>
          {t("chain.jump.gap")}
        </Button>
      ) : null}
      <Button size="sm" onClick={() => showX(layout.width)}>
        {t("chain.jump.end")}
      </Button>
    </div>
  );
}

interface Run {
  from: number;
  to: number;
  look: Exclude<OverviewCell, null>;
}

function runsOf(cells: readonly OverviewCell[]): Run[] {
  const runs: Run[] = [];
  cells.forEach((look, at) => {
    const last = runs.at(-1);
    if (look === null) return;
    if (last && last.look === look && last.to === at) last.to = at + 1;
    else runs.push({ from: at, to: at + 1, look });
  });
  return runs;
}
