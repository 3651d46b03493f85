"use client";

import clsx from "clsx";
import { useT } from "@/components/shell/i18n-provider";
import { StatusGlyph } from "@/components/status/status-badge";
import { Bytes } from "@/components/ui/bytes";
import type { ChainEntry } from "./chain-order";
import { FILE_STATUS } from "./file-state";

/** A region that scrolls must be reachable by keyboard (WCAG 2.1.1). */
const SCROLLER = { tabIndex: 0 };

/** The chain as blocks that touch where one backup continues the other. The table below says the same. */
export function ChainLane({ entries }: { entries: ChainEntry[] }) {
  const { t } = useT();
  const files = entries.filter((entry) => entry.type === "file").length;
  return (
    <section
      {...SCROLLER}
      aria-label={t("chain.lane", { count: files })}
      className="overflow-x-auto px-4 py-4 -outline-offset-2"
    >
      <div
        role="img"
        aria-label={t("chain.lane", { count: files })}
        className="flex w-max min-w-full items-stretch"
      >
        {entries.map((entry) =>
          entry.type === "gap" ? (
            <div
              key={entry.key}
              className="flex w-32 flex-none items-center justify-center border-[1.5px] border-status-danger bg-hatch-danger px-2"
            >
              <span className="rounded-sm bg-surface px-1.5 font-semibold text-cap text-status-danger">
                {t("chain.missing")}
              </span>
            </div>
          ) : (
            <div
              key={entry.file.id}
              className={clsx(
                "flex-none border px-2 py-1.5 text-cap",
                entry.file.type === "full" ? "w-44" : entry.file.type === "differential" ? "w-36" : "w-28",
                entry.place === "path" &&
                  "-ml-px border-border-strong bg-surface-2 shadow-[inset_0_-3px_0_var(--accent)] first:rounded-l-sm",
                entry.place === "held" && "border-status-warning-line bg-status-warning-tint",
                entry.place === "unused" && "mx-1 border-dashed border-border-strong text-fg-3",
              )}
            >
              <span className="flex items-center gap-1 font-medium">
                <StatusGlyph status={FILE_STATUS[entry.file.state]} size={12} label={false} />
                <span className="truncate">{t(`files.backup.${entry.file.type ?? "unknown"}`)}</span>
              </span>
              <span className="block truncate text-fg-2 text-mini">
                <Bytes bytes={entry.file.sizeBytes} />
              </span>
            </div>
          ),
        )}
      </div>
    </section>
  );
}

/** What the looks of the blocks mean. */
export function ChainLegend() {
  const { t } = useT();
  const looks = [
    ["chain.on_path", "border border-border-strong bg-surface-2 shadow-[inset_0_-2px_0_var(--accent)]"],
    ["chain.missing", "border border-status-danger bg-hatch-danger"],
    ["chain.held", "border border-status-warning-line bg-status-warning-tint"],
    ["chain.not_used", "border border-dashed border-border-strong"],
  ] as const;
  return (
    <span aria-hidden className="hidden gap-3.5 text-cap text-fg-2 sm:flex">
      {looks.map(([key, look]) => (
        <span key={key} className="inline-flex items-center gap-1.5">
          <span className={clsx("h-3 w-5 rounded-[2px]", look)} />
          {t(key)}
        </span>
      ))}
    </span>
  );
}
