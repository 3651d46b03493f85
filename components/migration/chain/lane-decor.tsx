"use client";

import clsx from "clsx";
import type { CSSProperties } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Mono } from "@/components/ui/mono";
import type { MissingBackupView } from "@/lib/contracts/missing-backup";
import { formatSourceTime } from "@/lib/format/format-instant";
import type { Span } from "../files/use-span";
import type { LaneBlock, LaneBracket, LaneLayout } from "./lane-layout";
import { LANE_ROWS } from "./lane-rows";

interface LaneDecorProps {
  layout: LaneLayout;
  seen: readonly LaneBlock[];
  span: Span;
  targetLsn: string | null;
  sourceLsn: string | null;
  missing: MissingBackupView | undefined;
  endX: number;
}

/** What stands around the blocks: brackets, edges of the gap, where the target and the source are. The table says it too. */
export function LaneDecor(props: LaneDecorProps) {
  const { layout, seen, span, targetLsn, sourceLsn, missing, endX } = props;
  const gap = seen.find(({ entry }) => entry.type === "gap");
  const target = seen.find(
    ({ entry }) =>
      entry.type === "file" &&
      entry.place === "path" &&
      entry.file.lastLsn === targetLsn &&
      entry.file.importedAt !== null,
  );
  const brackets = layout.brackets.filter(({ fromX, toX }) => toX > span.from && fromX < span.to);
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0 text-cap">
      {brackets.map((bracket) => (
        <Bracket key={bracket.full.entry.key} bracket={bracket} />
      ))}
      {gap ? <GapEdges block={gap} missing={missing} /> : null}
      {target && !gap ? <TargetMark x={target.x + target.width} lsn={targetLsn ?? ""} /> : null}
      <Axis seen={seen} narrow={layout.narrow} />
      {targetLsn === null ? null : (
        <NextBlock
          x={endX}
          sourceLsn={sourceLsn}
          targetLsn={targetLsn}
          blocked={layout.byKey.has("gap")}
          layout={layout}
        />
      )}
    </div>
  );
}

const at = (left: number, top: number, more: CSSProperties = {}): CSSProperties => ({ left, top, ...more });

/** Its words stay in sight while any of it is. */
function Bracket({ bracket }: { bracket: LaneBracket }) {
  const { t } = useT();
  const { fromX, toX, full, differential } = bracket;
  const since = full.entry.type === "file" ? full.entry.file.finishedAtLocal : null;
  const number = differential.entry.type === "file" ? differential.entry.number : null;
  return (
    <>
      <span
        className="absolute rounded-t-sm border border-b-0 border-fg-3"
        style={at(fromX + 4, LANE_ROWS.bracket, { width: toX - fromX - 8, height: 14 })}
      />
      <span className="absolute" style={at(fromX + 4, LANE_ROWS.bracket - 20, { width: toX - fromX - 8 })}>
        <span className="sticky left-1 inline-block whitespace-nowrap text-fg-2">
          {t("chain.bracket", { number: number ?? 0, time: since ? formatSourceTime(since) : "–" })}
        </span>
      </span>
    </>
  );
}

/** Both LSNs whole, and the times of the neighbours. */
function GapEdges({ block, missing }: { block: LaneBlock; missing: MissingBackupView | undefined }) {
  const { t } = useT();
  const { entry, x, width } = block;
  if (entry.type !== "gap") return null;
  const after = entry.after?.finishedAtLocal ?? missing?.wanted?.afterLocal ?? null;
  const before = entry.before.startedAtLocal;
  const edges = [
    { x, lsn: entry.fromLsn, time: after, left: true, words: "chain.gap.ends" },
    { x: x + width, lsn: entry.toLsn, time: before, left: false, words: "chain.gap.starts" },
  ] as const;
  return (
    <>
      {edges.map((edge) => (
        <span key={edge.words} className="max-sm:hidden">
          <span
            className="absolute w-px bg-status-danger"
            style={at(edge.x, LANE_ROWS.edge, { height: LANE_ROWS.chain - LANE_ROWS.edge })}
          />
          <span
            className={clsx(
              "absolute whitespace-nowrap bg-surface leading-4",
              edge.left ? "-translate-x-full pr-1.5 text-right" : "pl-1.5",
            )}
            style={at(edge.x, LANE_ROWS.edge)}
          >
            <span className="block text-fg-2">
              {t(edge.words, { time: edge.time ? timeOf(edge.time) : "–" })}
            </span>
            <Mono className="font-medium text-status-danger">{edge.lsn}</Mono>
          </span>
        </span>
      ))}
      <span
        className="absolute whitespace-nowrap text-center text-mini text-status-danger sm:hidden"
        style={at(x, LANE_ROWS.axis, { width })}
      >
        <Mono>{`${entry.fromLsn} → ${entry.toLsn}`}</Mono>
      </span>
    </>
  );
}

function TargetMark({ x, lsn }: { x: number; lsn: string }) {
  const { t } = useT();
  return (
    <>
      <span
        className="absolute w-0.5 bg-accent"
        style={at(x - 1, LANE_ROWS.edge + 4, {
          height: LANE_ROWS.chain - LANE_ROWS.edge + LANE_ROWS.chainHeight,
        })}
      />
      <span
        className="absolute -translate-x-full whitespace-nowrap pr-2 text-right leading-4"
        style={at(x, LANE_ROWS.edge + 2)}
      >
        <span className="block font-medium text-accent">{t("chain.target_here")}</span>
        <Mono>{lsn}</Mono>
      </span>
    </>
  );
}

/** Times by the source's own clock under the edges of the blocks, where there is room for them. */
function Axis({ seen, narrow }: { seen: readonly LaneBlock[]; narrow: boolean }) {
  const every = narrow ? 4 : 1;
  return seen.map(({ entry, x, width, track, index }) => {
    if (track === 1 || entry.type === "gap" || entry.file.finishedAtLocal === null) return null;
    if (width < 100 && index % every !== 0) return null;
    const day = entry.file.type === "full";
    return (
      <span
        key={entry.key}
        className="absolute -translate-x-full whitespace-nowrap pr-1 text-mini text-fg-2 tabular-nums"
        style={at(x + width, LANE_ROWS.axis)}
      >
        {day ? formatSourceTime(entry.file.finishedAtLocal) : timeOf(entry.file.finishedAtLocal)}
      </span>
    );
  });
}

interface NextBlockProps {
  x: number;
  sourceLsn: string | null;
  targetLsn: string | null;
  blocked: boolean;
  layout: LaneLayout;
}

function NextBlock({ x, sourceLsn, targetLsn, blocked, layout }: NextBlockProps) {
  const { t } = useT();
  const last = layout.blocks[0].findLast(({ entry }) => entry.type === "file")?.entry;
  const reached = last?.type === "file" ? last.file.lastLsn : targetLsn;
  return (
    <>
      <span
        className="absolute flex flex-col justify-center rounded-sm border border-dashed border-border-strong px-2.5 leading-4 text-fg-2"
        style={at(x + 14, LANE_ROWS.chain, {
          height: LANE_ROWS.chainHeight,
          width: LANE_ROWS.nextWidth - 18,
        })}
      >
        <span className="font-medium text-fg">{blocked ? t("chain.next.blocked") : t("chain.next.log")}</span>
        <span className="text-mini">
          {t("chain.next.at")} <Mono>{blocked ? (targetLsn ?? "") : (reached ?? "")}</Mono>
        </span>
      </span>
      {sourceLsn ? (
        <span
          className="absolute border-l-2 border-fg-3 pl-2 leading-4"
          style={at(x + 14, LANE_ROWS.edge + 2, { height: LANE_ROWS.chain - LANE_ROWS.edge - 4 })}
        >
          <span className="block whitespace-nowrap text-fg-2">{t("chain.source_here")}</span>
          <Mono>{sourceLsn}</Mono>
        </span>
      ) : null}
    </>
  );
}

/** `03:27:15` of a source time. */
function timeOf(local: string): string {
  return formatSourceTime(local).slice(-8);
}
