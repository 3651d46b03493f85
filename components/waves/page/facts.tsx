"use client";

import type { ReactNode } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useNow } from "@/components/locale/use-now";
import type { WaveView } from "@/lib/contracts/wave";
import { clockOf } from "@/lib/wave/cutover-turns";
import { needsPerson } from "./needs-person";

/** The four numbers that a wave is about. */
export function Facts({ wave }: { wave: WaveView }) {
  return (
    <dl className="panel mb-4 grid divide-border max-sm:divide-y sm:grid-cols-2 xl:grid-cols-4 xl:divide-x">
      <Clock wave={wave} />
      <Last wave={wave} />
      <Members wave={wave} />
      <Downtime wave={wave} />
    </dl>
  );
}

function Fact({ label, value, children }: { label: ReactNode; value: ReactNode; children?: ReactNode }) {
  return (
    <div className="px-4 py-3">
      <dt className="font-medium text-cap">{label}</dt>
      <dd className="mt-1 font-semibold text-section">{value}</dd>
      <dd className="mt-1 text-cap text-fg-2">{children}</dd>
    </div>
  );
}

function Clock({ wave: { cutover, members } }: { wave: WaveView }) {
  const { t } = useT();
  const format = useFormat();
  const now = useNow(cutover !== null);
  if (cutover === null) return <Fact label={t("wave.fact.clock")} value={t("wave.fact.clock.none")} />;
  const { window, mode, perInstance } = cutover;
  const clock = clockOf(cutover, now);
  const order = mode === "together" ? "together" : perInstance ? "lanes" : "sequence";
  const armed = members.filter((member) => member.armed).length;
  return (
    <Fact
      label={t("wave.fact.clock")}
      value={
        clock === "open"
          ? t("wave.fact.clock.runs")
          : window === null
            ? t("wave.fact.clock.hand")
            : clock === "closed"
              ? t("wave.fact.clock.closed", { time: format.instant(window.closesAt) })
              : t("wave.fact.clock.opens", { time: format.instant(window.opensAt) })
      }
    >
      <span className="block">
        {t(`wave.fact.clock.${order}`)}
        {window && clock !== "closed"
          ? `, ${t("wave.fact.clock.closes", { time: format.instant(window.closesAt) })}`
          : null}
      </span>
      {t("wave.armed.of", { armed, count: members.length })}
    </Fact>
  );
}

function Last({ wave: { last, second, members, unforeseen, status } }: { wave: WaveView }) {
  const { t } = useT();
  const format = useFormat();
  const nameOf = (id: string) => members.find(({ migration }) => migration.id === id)?.migration.name ?? "";
  const isOver =
    last !== null && members.some(({ migration, onlineAt }) => migration.id === last.migrationId && onlineAt);
  return (
    <Fact
      label={t("wave.fact.last")}
      value={
        last === null ? (
          t("wave.fact.last.none")
        ) : (
          <>
            {format.instant(last.p50)}{" "}
            {isOver ? null : (
              <small className="font-normal text-fg-2 text-table">
                {t("wave.fact.last.until", { time: format.instant(last.p90) })}
              </small>
            )}
          </>
        )
      }
    >
      {last !== null && status === "paused" ? (
        <span className="block">{t("wave.fact.last.paused")}</span>
      ) : null}
      {last ? (
        <span className="block font-medium text-fg">
          {t("wave.fact.decides", { name: nameOf(last.migrationId) })}
        </span>
      ) : null}
      {second ? (
        <span className="block">
          {t("wave.fact.without", { time: format.instant(second.p50), name: nameOf(second.migrationId) })}
        </span>
      ) : null}
      {unforeseen > 0 ? <span className="block">{t("wave.unforeseen", { count: unforeseen })}</span> : null}
    </Fact>
  );
}

const BARS = {
  online: "bg-status-success-fill",
  way: "bg-status-info-fill",
  held: "bg-status-danger-fill",
} as const;

function Members({ wave: { members, status } }: { wave: WaveView }) {
  const { t } = useT();
  const format = useFormat();
  const sizes = members.map(({ bytes }) => bytes);
  const size = sizes.includes(null)
    ? t("wave.fact.size_unknown")
    : format.bytes(sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0));
  const counts = {
    online: members.filter(({ stage }) => stage === "online").length,
    held: members.filter((member) => member.stage !== "online" && needsPerson(member)).length,
    way: 0,
  };
  const cancelled = members.filter(({ stage }) => stage === "left_out").length;
  counts.way = members.length - counts.online - counts.held - cancelled;
  return (
    <Fact
      label={t("wave.fact.members", { count: members.length, size })}
      value={t("wave.fact.online", { count: counts.online })}
    >
      <span aria-hidden className="mt-1.5 mb-1 flex h-1.5 gap-0.5">
        {(["online", "way", "held"] as const).map((key) =>
          counts[key] > 0 && status !== "draft" ? (
            <i key={key} className={BARS[key]} style={{ flex: counts[key] }} />
          ) : null,
        )}
      </span>
      {t(status === "draft" ? "wave.fact.to_begin" : "wave.fact.on_way", { count: counts.way })}
      {counts.held > 0 ? ` · ${t("wave.fact.held", { count: counts.held })}` : null}
      {cancelled > 0 ? ` · ${t("wave.fact.cancelled", { count: cancelled })}` : null}
    </Fact>
  );
}

function Downtime({ wave: { members, cutover } }: { wave: WaveView }) {
  const { t } = useT();
  const format = useFormat();
  const seconds = members.flatMap(({ downtimeSeconds }) => downtimeSeconds ?? []);
  const deadline = cutover?.deadline ?? null;
  return (
    <Fact
      label={t("wave.fact.downtime")}
      value={
        seconds.length === 0
          ? "–"
          : format.range({
              p50: Math.min(...seconds.map(({ p50 }) => p50)),
              p90: Math.max(...seconds.map(({ p90 }) => p90)),
            })
      }
    >
      {deadline
        ? t("wave.fact.deadline", {
            minutes: format.number(deadline.minutes, deadline.minutes % 1 === 0 ? 0 : 2),
            after: deadline.after,
          })
        : t("wave.fact.deadline.none")}
    </Fact>
  );
}
