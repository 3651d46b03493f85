"use client";

import clsx from "clsx";
import type { ReactNode } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useNow } from "@/components/locale/use-now";
import { StatusWord } from "@/components/status/status-word";
import type { SharedMigrationView } from "@/lib/contracts/share";
import { formatClock } from "@/lib/format/format-duration";
import { formatOffset, formatSourceTime } from "@/lib/format/format-instant";
import type { NeedKey } from "@/lib/migration/vocabulary/need";
import { type WallAlarm, wallAlarms } from "./wall-alarms";

/** What a list knows of a migration, and what its own feed adds. A link shows no more than this. */
export type OnWall = Omit<SharedMigrationView, FromFeed> &
  Partial<Pick<SharedMigrationView, "alarms" | "armed" | "cutover">> & {
    allowed?: readonly string[];
    takenBack?: unknown;
  };
type FromFeed = "alarms" | "allowed" | "armed" | "cutover" | "takenBack";

/** One migration, to be read across a room: nothing on it can be pressed. */
export function WallTile({ migration }: { migration: OnWall }) {
  const { t } = useT();
  const alarms = wallAlarms(migration);
  return (
    <article
      className={clsx(
        "@container flex min-h-0 min-w-0 flex-col justify-evenly gap-[2cqi] rounded-lg border-2 bg-surface p-[2.5cqi]",
        alarms[0]?.tone === "danger"
          ? "border-status-danger"
          : alarms.length > 0
            ? "border-status-warning"
            : "border-border",
      )}
    >
      <header className="flex flex-wrap items-baseline justify-between gap-x-[3cqi] gap-y-1">
        <h2 className="wall-name min-w-0 wrap-anywhere">
          {migration.source.database ?? migration.name}
          <span className="font-normal text-fg-2">
            {" → "}
            {migration.target.instanceId}
          </span>
        </h2>
        <p className="wall-text flex flex-wrap items-baseline gap-x-[1.5cqi]">
          <StatusWord status={migration.status} className="wall-text [&_svg]:size-[1em]" />
          <span className="text-fg-2">{t(`migration.phase.${migration.phase}`)}</span>
          {migration.sandbox ? (
            <span className="border border-current px-[0.4em] text-fg-2">{t("shell.sandbox.tag")}</span>
          ) : null}
        </p>
      </header>
      <dl className="grid grid-cols-3 gap-x-[3cqi] gap-y-2 @max-md:grid-cols-1">
        {migration.cutover?.onlineAt ? (
          <Online at={migration.cutover.onlineAt} />
        ) : (
          <>
            <Gap migration={migration} />
            <Ready migration={migration} />
          </>
        )}
        <Downtime migration={migration} />
      </dl>
      {alarms.map((alarm) => (
        <AlarmLine key={alarm.key} alarm={alarm} />
      ))}
    </article>
  );
}

function Figure({
  label,
  value,
  alarm,
  children,
}: {
  label: string;
  value: ReactNode;
  alarm?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className="min-w-0">
      <dt className="wall-text text-fg-2">{label}</dt>
      <dd className={clsx("wall-figure", alarm && "text-status-danger")}>{value}</dd>
      <dd className="wall-text text-fg-2">{children}</dd>
    </div>
  );
}

/** What stands of a cutover that is over: the gap is none, and nobody waits to be ready. */
function Online({ at }: { at: string }) {
  const { t } = useT();
  const format = useFormat();
  return (
    <Figure label={t("wall.online")} value={format.instant(at, "time")}>
      {format.instant(at)}
    </Figure>
  );
}

/** Source data that the target lacks; with the moment of the newest that it has, by the source's own clock. */
function Gap({ migration }: { migration: OnWall }) {
  const { t } = useT();
  const format = useFormat();
  const { gapSeconds, targetHoldsUntilLocal, sourceOffsetMinutes } = migration;
  return (
    <Figure
      label={t("migration.fact.gap")}
      value={gapSeconds === null ? "–" : format.duration(gapSeconds * 1_000)}
    >
      {targetHoldsUntilLocal === null
        ? null
        : t("wall.holds", {
            time: formatSourceTime(targetHoldsUntilLocal).slice(5),
            zone: sourceOffsetMinutes === null ? t("format.zone_unknown") : formatOffset(sourceOffsetMinutes),
          })}
    </Figure>
  );
}

/** What may be needed of a person and keeps no cutover from beginning. */
const IN_PEACE: ReadonlySet<NeedKey> = new Set([
  "cutover_ready",
  "take_backup",
  "upload_next_file",
  "hold_missed",
]);

/** When it could be cut over: now, then, or after something that is not there yet. */
function Ready({ migration }: { migration: OnWall }) {
  const { t } = useT();
  const format = useFormat();
  const { forecast, armed, needs, cutover, allowed = [] } = migration;
  const say = (value: string, note?: string) => (
    <Figure label={t("wall.ready")} value={value}>
      {note}
    </Figure>
  );
  if (cutover || ["cutover", "open", "check", "online"].includes(migration.phase))
    return say(t("wall.ready.begun"));
  if (armed) {
    const { until } = armed;
    return say(
      t("wall.ready.armed"),
      until.by === "time"
        ? t("wall.ready.armed_until", { time: format.instant(until.at) })
        : t(`wall.ready.armed_${until.by}`),
    );
  }
  const unknown = () => say("–", t("wall.ready.unknown"));
  // What else is needed comes first, whatever the forecast says.
  if (needs !== null && !IN_PEACE.has(needs.key)) return unknown();
  if (needs?.key === "cutover_ready" || allowed.includes("cutover")) return say(t("wall.ready.now"));
  const at = forecast?.readyAt ?? null;
  return at === null
    ? unknown()
    : say(format.instant(at.p50, "time"), t("wall.ready.latest", { time: format.instant(at.p90) }));
}

/** Forecast, until writes stop; then the clock that everybody in the room looks at. */
function Downtime({ migration }: { migration: OnWall }) {
  const { t } = useT();
  const format = useFormat();
  const cutover = migration.cutover ?? null;
  const running = cutover?.writesStoppedAt != null && cutover.onlineAt === null;
  const now = useNow(running);
  if (cutover?.writesStoppedAt != null) {
    const { writesStoppedAt, onlineAt, forecastP90Seconds, downtimeSeconds } = cutover;
    const end = onlineAt === null ? now : Date.parse(onlineAt);
    const ms =
      downtimeSeconds === null ? Math.max(0, end - Date.parse(writesStoppedAt)) : downtimeSeconds * 1_000;
    const late = forecastP90Seconds !== null && ms > forecastP90Seconds * 1_000;
    return (
      <Figure
        label={t("migration.fact.downtime")}
        value={<span role={running ? "timer" : undefined}>{formatClock(ms)}</span>}
        alarm={running && late}
      >
        {forecastP90Seconds === null
          ? t("wall.since", { time: format.instant(writesStoppedAt, "seconds") })
          : t("wall.forecast_p90", { duration: format.duration(forecastP90Seconds * 1_000) })}
      </Figure>
    );
  }
  const range = migration.forecast?.downtimeSeconds ?? null;
  return (
    <Figure
      label={t("migration.fact.forecast")}
      value={range === null ? "–" : format.duration(range.p50 * 1_000)}
    >
      {range === null
        ? t("migration.fact.forecast_none")
        : t("wall.forecast_p90", { duration: format.duration(range.p90 * 1_000) })}
    </Figure>
  );
}

function AlarmLine({ alarm: { tone, key, params } }: { alarm: WallAlarm }) {
  const { t } = useT();
  return (
    <p
      className={clsx(
        "wall-text flex items-baseline gap-[0.5em] font-semibold",
        tone === "danger" ? "text-status-danger" : "text-status-warning",
      )}
    >
      <svg
        viewBox="0 0 24 24"
        className="size-[1em] flex-none translate-y-[0.12em] fill-none stroke-2 stroke-current"
        aria-hidden
      >
        <path strokeLinecap="round" strokeLinejoin="round" d="M8 2h8l6 6v8l-6 6H8l-6-6V8zM12 7v6m0 4h.01" />
      </svg>
      <span className="min-w-0">{t(key, params)}</span>
    </p>
  );
}
