"use client";

import { useEffect, useId, useMemo, useRef } from "react";
import { useT } from "@/components/locale/i18n-provider";
import type { MissingBackupView } from "@/lib/contracts/missing-backup";
import { useSpan } from "../files/use-span";
import type { ChainEntry } from "./chain-order";
import { LaneBlockBox } from "./lane-block-box";
import { LaneDecor } from "./lane-decor";
import { blocksBetween, layoutLane } from "./lane-layout";
import { LaneOverview } from "./lane-overview";
import { LANE_ROWS } from "./lane-rows";
import type { ChainSelection } from "./use-chain-selection";

interface ChainLaneProps {
  entries: readonly ChainEntry[];
  targetLsn: string | null;
  /** What the source tells; undefined while it was not asked. */
  missing: MissingBackupView | undefined;
  selection: ChainSelection;
}

/** Only what is near the screen is drawn, in steps of so many pixels. */
const STEP = 480;

/** The chain as blocks that touch where one backup continues the other. The table below says the same. */
export function ChainLane({ entries, targetLsn, missing, selection }: ChainLaneProps) {
  const { t } = useT();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const layout = useMemo(() => layoutLane(entries), [entries]);
  const span = useSpan(scroller, "x", STEP);
  const seen = layout.blocks.flatMap((track) => blocksBetween(track, span.from, span.to));
  const chosen = selection.key === null ? undefined : layout.byKey.get(selection.key);
  useReveal(scroller, chosen && { x: chosen.x, width: chosen.width });
  const count = layout.byKey.size;
  const height = layout.blocks[1].length > 0 ? LANE_ROWS.height : LANE_ROWS.heightWithout;
  const listbox = {
    role: "listbox",
    tabIndex: 0,
    "aria-orientation": "horizontal",
    "aria-label": t("chain.lane", { count }),
    "aria-activedescendant": chosen ? `${id}-${chosen.index}` : undefined,
    onKeyDown: selection.onKeyDown,
  } as const;
  const end = layout.blocks[0].at(-1);
  const width = layout.width + (targetLsn === null ? 0 : LANE_ROWS.nextWidth);
  return (
    <div className="px-4 pt-3 pb-4">
      <LaneOverview layout={layout} scroller={scroller} span={span} />
      <div ref={scroller} className="overflow-x-auto">
        <div className="relative" style={{ width, height }}>
          <div {...listbox} className="group absolute inset-0 rounded-sm -outline-offset-2">
            {(chosen && !seen.includes(chosen) ? [...seen, chosen] : seen).map((block) => (
              <LaneBlockBox
                key={block.entry.key}
                id={`${id}-${block.index}`}
                block={block}
                narrow={layout.narrow}
                selected={block === chosen}
                count={entries.length}
                onSelect={() => selection.select(block.entry.key)}
              />
            ))}
          </div>
          <LaneDecor
            layout={layout}
            seen={seen}
            span={span}
            targetLsn={targetLsn}
            sourceLsn={missing?.sourceLsn ?? null}
            missing={missing}
            endX={end ? end.x + end.width : 0}
          />
        </div>
      </div>
    </div>
  );
}

/** Brings the selected block on screen when the selection moves, without moving the page. */
function useReveal(
  scroller: React.RefObject<HTMLDivElement | null>,
  block: { x: number; width: number } | undefined,
): void {
  const x = block?.x;
  const width = block?.width;
  useEffect(() => {
    const element = scroller.current;
    if (!element || x === undefined || width === undefined) return;
    const { scrollLeft, clientWidth } = element;
    if (x >= scrollLeft && x + width <= scrollLeft + clientWidth) return;
    element.scrollLeft = Math.max(0, x - (clientWidth - width) / 2);
  }, [scroller, x, width]);
}
