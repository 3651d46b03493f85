"use client";

import clsx from "clsx";
import { TriangleAlert } from "lucide-react";
import { memo, useEffect, useId, useRef } from "react";
import { Bytes } from "@/components/locale/bytes";
import { useT } from "@/components/locale/i18n-provider";
import { SourceTime } from "@/components/locale/source-time";
import { FileState } from "@/components/migration/files/file-state";
import { Mono } from "@/components/ui/mono";
import { SpacerRow } from "@/components/ui/spacer-row";
import { Th } from "@/components/ui/table";
import { useSpan } from "../files/use-span";
import type { ChainEntry, FileEntry, GapEntry } from "./chain-order";
import type { ChainSelection } from "./use-chain-selection";

/** Every row is as high as any other: where a row lies is then a multiplication, however many there are. */
const ROW = 36;
const HEAD = 33;
const STEP = ROW * 8;
/** Below this all rows are drawn: nothing is gained by leaving some out. */
const WINDOW_FROM = 80;
const COLUMNS = 8;

interface ChainTableProps {
  entries: readonly ChainEntry[];
  selection: ChainSelection;
}

/** The chain as a table: what a screen reader reads and the keyboard walks. Only rows near the screen are drawn. */
export function ChainTable({ entries, selection }: ChainTableProps) {
  const { t } = useT();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const span = useSpan(scroller, "y", STEP);
  const { index: chosen, select, onKeyDown } = selection;
  const windowed = entries.length > WINDOW_FROM;
  const first = windowed ? Math.min(entries.length, Math.floor(span.from / ROW)) : 0;
  const end = windowed ? Math.min(entries.length, Math.ceil(span.to / ROW)) : entries.length;
  useEffect(() => {
    const element = scroller.current;
    if (!element || chosen < 0) return;
    const top = chosen * ROW;
    const view = element.clientHeight - HEAD;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW > element.scrollTop + view) element.scrollTop = top + ROW - view;
  }, [chosen]);
  const drawn = chosen >= first && chosen < end;
  const grid = {
    role: "grid",
    tabIndex: 0,
    "aria-label": t("chain.table"),
    "aria-rowcount": entries.length + 1,
    "aria-activedescendant": drawn ? `${id}-${chosen}` : undefined,
    onKeyDown,
  } as const;
  return (
    <div ref={scroller} className="max-h-112 overflow-auto">
      <table
        {...grid}
        className="group w-full min-w-290 table-fixed border-collapse text-table -outline-offset-2"
      >
        <colgroup>
          {[72, 112, undefined, 92, 196, 196, 172, 148].map((width, at) => (
            <col key={COLUMN_KEYS[at]} style={width === undefined ? undefined : { width }} />
          ))}
        </colgroup>
        <thead className="sticky top-0 z-2">
          <tr aria-rowindex={1}>
            <Th numeric>{t("chain.number")}</Th>
            <Th>{t("files.type")}</Th>
            <Th>{t("files.name")}</Th>
            <Th numeric>{t("timeline.detail.size")}</Th>
            <Th numeric>{t("files.first_lsn")}</Th>
            <Th numeric>{t("files.last_lsn")}</Th>
            <Th>{t("files.source_time")}</Th>
            <Th>{t("chain.applied")}</Th>
          </tr>
        </thead>
        <tbody>
          <SpacerRow height={first * ROW} columns={COLUMNS} />
          {entries.slice(first, end).map((entry, offset) => (
            <ChainRow
              key={entry.key}
              id={`${id}-${first + offset}`}
              entry={entry}
              index={first + offset}
              selected={first + offset === chosen}
              onSelect={select}
            />
          ))}
          <SpacerRow height={(entries.length - end) * ROW} columns={COLUMNS} />
        </tbody>
      </table>
    </div>
  );
}

const COLUMN_KEYS = ["number", "type", "name", "size", "first", "last", "time", "applied"] as const;

interface ChainRowProps {
  id: string;
  entry: ChainEntry;
  index: number;
  selected: boolean;
  onSelect: (key: string) => void;
}

const ChainRow = memo(function ChainRow({ id, entry, index, selected, onSelect }: ChainRowProps) {
  const row = {
    id,
    "aria-rowindex": index + 2,
    "aria-selected": selected,
    onMouseDown: () => onSelect(entry.key),
  } as const;
  return (
    <tr
      {...row}
      style={{ height: ROW }}
      className={clsx(
        "cursor-default border-b border-border hover:bg-surface-2",
        entry.type === "gap" && "bg-status-danger-tint",
        entry.type === "file" && entry.place === "unused" && "text-fg-2",
        selected &&
          "bg-surface-2 shadow-[inset_3px_0_0_var(--accent)] group-focus-visible:outline-2 -outline-offset-2 outline-accent",
      )}
    >
      {entry.type === "gap" ? <GapCells entry={entry} /> : <FileCells entry={entry} />}
    </tr>
  );
});

const CELL = "truncate whitespace-nowrap px-3";
const NUMBER = `${CELL} text-right tabular-nums`;

function GapCells({ entry }: { entry: GapEntry }) {
  const { t } = useT();
  return (
    <>
      <td className={CELL} />
      <td className={`${CELL} font-semibold text-status-danger`}>
        <span className="inline-flex items-center gap-1.5">
          <TriangleAlert size={14} aria-hidden />
          {t("chain.missing")}
        </span>
      </td>
      <td className={`${CELL} text-status-danger`}>{t("chain.gap.short")}</td>
      <td className={NUMBER}>–</td>
      <td className={NUMBER}>
        <Mono className="font-semibold">{entry.fromLsn}</Mono>
      </td>
      <td className={NUMBER}>
        <Mono className="font-semibold">{entry.toLsn}</Mono>
      </td>
      <td className={CELL}>–</td>
      <td className={CELL}>–</td>
    </>
  );
}

function FileCells({ entry }: { entry: FileEntry }) {
  const { t, tx } = useT();
  const { file, number, place } = entry;
  const why =
    place === "unused" || place === "held"
      ? file.verdict
        ? tx(`chain.reason.${file.verdict.kind}`, {}, t("chain.not_used"))
        : t("chain.reason.by_person")
      : null;
  return (
    <>
      <td className={NUMBER}>{number}</td>
      <td className={CELL}>{t(`chain.type.${file.type ?? "other"}`)}</td>
      <td className={CELL} title={file.objectKey}>
        <Mono>{file.name}</Mono>
      </td>
      <td className={NUMBER}>
        <Bytes bytes={file.sizeBytes} />
      </td>
      <td className={NUMBER}>
        <Mono>{file.firstLsn ?? "–"}</Mono>
      </td>
      <td className={NUMBER}>
        <Mono>{file.lastLsn ?? "–"}</Mono>
      </td>
      <td className={CELL}>
        <SourceTime local={file.finishedAtLocal} offsetMinutes={file.utcOffsetMinutes} />
      </td>
      <td className={CELL} title={why ?? undefined}>
        {place === "unused" && why !== null ? why : <FileState file={file} />}
      </td>
    </>
  );
}
