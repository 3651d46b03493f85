"use client";

import clsx from "clsx";
import { TriangleAlert } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { FILE_STATUS } from "@/components/migration/files/file-state";
import { StatusGlyph } from "@/components/status/status-word";
import type { ChainEntry, FileEntry } from "./chain-order";
import type { LaneBlock } from "./lane-layout";
import { LANE_ROWS } from "./lane-rows";
import { useEntryWords } from "./use-entry-words";

interface LaneBlockBoxProps {
  id: string;
  block: LaneBlock;
  narrow: boolean;
  selected: boolean;
  count: number;
  onSelect: () => void;
}

/** One backup, or the hole where one is missing. */
export function LaneBlockBox({ id, block, narrow, selected, count, onSelect }: LaneBlockBoxProps) {
  const words = useEntryWords();
  const { entry, x, width, track } = block;
  const option = {
    role: "option",
    tabIndex: -1,
    "aria-selected": selected,
    "aria-label": words(entry),
    "aria-posinset": block.index + 1,
    "aria-setsize": count,
    onMouseDown: onSelect,
  } as const;
  return (
    <div
      {...option}
      id={id}
      title={words(entry)}
      className={clsx(
        "absolute cursor-default overflow-hidden border px-2 py-1.5 text-cap",
        looks(entry),
        selected && "z-1 outline-2 outline-accent -outline-offset-2",
      )}
      style={{
        left: x,
        width: track === 0 ? width + 1 : width,
        top: track === 0 ? LANE_ROWS.chain : LANE_ROWS.aside,
        height: track === 0 ? LANE_ROWS.chainHeight : LANE_ROWS.asideHeight,
      }}
    >
      {entry.type === "gap" ? <GapWords /> : <FileWords entry={entry} narrow={narrow && width < 100} />}
    </div>
  );
}

function looks(entry: ChainEntry): string {
  if (entry.type === "gap") return "border-[1.5px] border-status-danger bg-hatch-danger text-center";
  if (entry.place === "held") return "border-status-warning-line bg-status-warning-tint";
  if (entry.place === "unused") return "rounded-sm border-dashed border-border-strong text-fg-2";
  return "border-border-strong bg-surface-2 shadow-[inset_0_-3px_0_var(--accent)]";
}

function GapWords() {
  const { t } = useT();
  return (
    <span className="inline-flex items-center gap-1.5 rounded-sm bg-surface px-2 py-1.5 font-semibold text-status-danger">
      <TriangleAlert size={14} strokeWidth={2} aria-hidden className="flex-none" />
      {t("chain.gap.short")}
    </span>
  );
}

function FileWords({ entry, narrow }: { entry: FileEntry; narrow: boolean }) {
  const { t, tx } = useT();
  const format = useFormat();
  const { file, place, number } = entry;
  if (narrow) return <span className="-mx-2 block text-center text-mini">{number ?? "·"}</span>;
  const why = file.verdict
    ? tx(`chain.reason.${file.verdict.kind}`, {}, t("chain.not_used"))
    : t("chain.reason.by_person");
  return (
    <>
      <span className="flex items-center gap-1 font-medium">
        <StatusGlyph status={FILE_STATUS[file.state]} size={12} label={false} />
        <span className="truncate">
          {t(`chain.type.${file.type ?? "other"}`)}
          {number === null ? null : ` ${number}`}
        </span>
      </span>
      <span className="block truncate text-mini text-fg-2">
        {place === "unused"
          ? why
          : place === "held"
            ? t("chain.held_size", { size: format.bytes(file.sizeBytes ?? 0) })
            : file.sizeBytes === null
              ? "–"
              : format.bytes(file.sizeBytes)}
      </span>
    </>
  );
}
