"use client";

import clsx from "clsx";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useNow } from "@/components/locale/use-now";
import type { MigrationView } from "@/lib/contracts/migration";
import { formatClock } from "@/lib/format/format-duration";

/** From the stop of writes to online, by the server's clock; past the forecast it turns amber and says so. */
export function DowntimeClock({ cutover }: { cutover: NonNullable<MigrationView["cutover"]> }) {
  const { t } = useT();
  const format = useFormat();
  const { writesStoppedAt, onlineAt, forecastSeconds, downtimeSeconds } = cutover;
  const now = useNow(writesStoppedAt !== null && onlineAt === null);
  if (writesStoppedAt === null) return <p className="text-fg-2 text-table">{t("cutover.clock.before")}</p>;
  const end = onlineAt === null ? now : Date.parse(onlineAt);
  const elapsedMs =
    downtimeSeconds === null
      ? Math.max(0, end - Date.parse(writesStoppedAt))
      : Math.round(downtimeSeconds) * 1000;
  const forecastMs = forecastSeconds === null ? null : Math.round(forecastSeconds) * 1000;
  const over = forecastMs !== null && elapsedMs > forecastMs && onlineAt === null;
  const clock = formatClock(elapsedMs);
  return (
    <div>
      <p className="text-fg-2 text-table">
        {onlineAt === null
          ? t("cutover.clock.since", { time: format.instant(writesStoppedAt, "seconds") })
          : t("cutover.clock.result")}
      </p>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span
          role="timer"
          className={clsx("font-semibold text-clock tracking-tight", over && "text-status-warning")}
        >
          {clock}
        </span>
        {forecastMs === null ? null : (
          <span className="text-fg-2">{t("cutover.clock.forecast", { clock: formatClock(forecastMs) })}</span>
        )}
      </p>
      {forecastMs === null ? null : (
        <ForecastBar elapsedMs={elapsedMs} forecastMs={forecastMs} over={over} done={onlineAt !== null} />
      )}
      {over && forecastMs !== null ? (
        <p className="mt-1 text-cap text-status-warning">
          {t("cutover.clock.over", { clock: formatClock(forecastMs) })}
        </p>
      ) : null}
      <p className="mt-1.5 text-cap text-fg-2">{t("cutover.clock.note")}</p>
    </div>
  );
}

function ForecastBar(props: { elapsedMs: number; forecastMs: number; over: boolean; done: boolean }) {
  const { elapsedMs, forecastMs, over, done } = props;
  const { t } = useT();
  const scale = Math.max(elapsedMs, forecastMs) * 1.15;
  const label = t("cutover.clock.bar", { clock: formatClock(elapsedMs), forecast: formatClock(forecastMs) });
  return (
    <span role="img" aria-label={label} className="relative mt-2 block h-2 rounded-full bg-surface-3">
      <span
        className={clsx(
          "absolute inset-y-0 left-0 rounded-full",
          over ? "bg-status-warning-fill" : done ? "bg-status-success-fill" : "bg-status-info-fill",
        )}
        style={{ width: `${(elapsedMs / scale) * 100}%` }}
      />
      <span className="absolute -inset-y-1 w-0.5 bg-fg" style={{ left: `${(forecastMs / scale) * 100}%` }} />
    </span>
  );
}
