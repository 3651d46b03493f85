"use client";

import clsx from "clsx";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { STATUS_TABLE } from "@/components/status/status-table";
import { StatusGlyph } from "@/components/status/status-word";
import type { MigrationView } from "@/lib/contracts/migration";

/** The way from preflight to online; the stage of now is marked. */
export function StageRail({ stages, className }: Pick<MigrationView, "stages"> & { className?: string }) {
  const { t } = useT();
  const format = useFormat();
  const note = ({ status, tookMs, files }: MigrationView["stages"][number]): string => {
    if (files !== null && status !== "pending") return t("migration.stage.rounds", { count: files });
    if (tookMs !== null) return format.duration(tookMs);
    return status === "pending" ? t("status.pending") : t(STATUS_TABLE[status].label);
  };
  return (
    <ol
      aria-label={t("migration.stages")}
      className={clsx(
        "panel grid self-start sm:grid-cols-4 lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none",
        className,
      )}
    >
      {stages.map((stage) => {
        const { phase, status, current } = stage;
        return (
          <li
            key={phase}
            aria-current={current ? "step" : undefined}
            className={clsx(
              "grid grid-cols-[16px_auto_1fr] content-start items-center gap-x-2 px-3 py-1.5 font-medium text-table sm:grid-cols-[16px_1fr] sm:px-3 sm:py-2",
              "lg:not-first:border-l lg:not-first:border-border",
              current
                ? "bg-surface-2 shadow-[inset_2px_0_0_var(--accent)] sm:bg-transparent sm:shadow-[inset_0_-2px_0_var(--accent)]"
                : "",
              status === "pending" ? "text-fg-2" : "text-fg",
            )}
          >
            <StatusGlyph status={status} />
            <span>{t(`migration.phase.${phase}`)}</span>
            <span className="text-right font-normal text-cap text-fg-3 sm:col-start-2 sm:text-left">
              {note(stage)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
