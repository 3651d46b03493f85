"use client";

import clsx from "clsx";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import type { LiveState } from "@/lib/client/follow-stream";

const DOT: Record<LiveState, string> = {
  connecting: "border border-status-neutral",
  live: "bg-status-info ring-3 ring-status-info-tint",
  reconnecting: "border-2 border-status-info",
  stale: "border-2 border-status-warning",
};

/** Whether what is shown is the present. A state of the connection, not of the migration. */
export function LiveIndicator({ state, lastGoodMs }: { state: LiveState; lastGoodMs: number }) {
  const { t } = useT();
  const format = useFormat();
  return (
    <span
      role="status"
      className={clsx(
        "inline-flex items-center gap-2 whitespace-nowrap text-cap",
        state === "stale" ? "text-status-warning" : "text-fg-2",
      )}
    >
      <span aria-hidden className={clsx("size-2 rounded-full", DOT[state])} />
      {state === "stale"
        ? t("migration.live.stale", { time: format.instant(lastGoodMs, "time") })
        : t(`migration.live.${state}`)}
    </span>
  );
}
