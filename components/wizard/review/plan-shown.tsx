"use client";

import clsx from "clsx";
import { useId } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useNow } from "@/components/locale/use-now";
import type { TimeAxis } from "@/components/migration/timeline/time-axis";
import { Callout } from "@/components/ui/callout";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import type { PlanView } from "@/lib/contracts/plan";
import { IMPORTS_PER_DAY } from "@/lib/migration/rds-limits";
import { layoutPlan, type PlanBar } from "./plan-bars";

/** What a plan says: when it starts, stops and is online, and each part on one axis. */
export function PlanShown({ plan }: { plan: PlanView }) {
  const { t } = useT();
  const format = useFormat();
  const { wanted } = plan;
  const [likely, most] = [Math.round(plan.imports.p50), Math.round(plan.imports.p90)];
  const facts: [string, string, string][] = [
    [
      t("plan.start"),
      format.instant(plan.startAt),
      wanted
        ? t("plan.start.likely", { at: format.instant(wanted.likelyStartAt) })
        : t(plan.parts.some(({ part }) => part === "rounds") ? "plan.start.asked" : "plan.start.immediate"),
    ],
    [
      t(plan.losesWrites ? "plan.lost_from" : "plan.stop"),
      format.instant(plan.cutoverAt.p50),
      t("plan.nine", { at: format.instant(plan.cutoverAt.p90) }),
    ],
    [
      t("plan.online"),
      format.instant(plan.onlineAt.p50),
      t("plan.nine", { at: format.instant(plan.onlineAt.p90) }),
    ],
    [
      t(plan.losesWrites ? "plan.lost" : "plan.downtime"),
      format.range(plan.downtimeSeconds),
      t("plan.imports", {
        likely,
        most,
        same: likely === most ? "yes" : "no",
        limit: IMPORTS_PER_DAY,
      }),
    ],
  ];
  return (
    <>
      <dl className="grid grid-cols-2 gap-px border-b border-border bg-border lg:grid-cols-4">
        {facts.map(([label, value, more]) => (
          <div key={label} className="bg-surface px-4 py-3">
            <dt className="text-cap text-fg-2">{label}</dt>
            <dd className="font-semibold tabular-nums">{value}</dd>
            <dd className="text-cap text-fg-2">{more}</dd>
          </div>
        ))}
      </dl>
      {wanted ? <LateNote startAt={wanted.likelyStartAt} /> : null}
      {plan.getsUnderLimit ? null : (
        <Callout tone="warning" className="m-4" title={t("plan.never")}>
          {t("plan.never.do")}
        </Callout>
      )}
      <PlanTable plan={plan} />
    </>
  );
}

/** By itself, because it looks at the clock each second. */
function LateNote({ startAt }: { startAt: string }) {
  const { t } = useT();
  const now = useNow();
  if (now === 0 || Date.parse(startAt) >= now) return null;
  return (
    <Callout tone="warning" className="m-4" title={t("plan.late")}>
      {t("plan.late.do")}
    </Callout>
  );
}

function PlanTable({ plan }: { plan: PlanView }) {
  const { t } = useT();
  const format = useFormat();
  const note = useId();
  const { bars, axis } = layoutPlan(plan.parts);
  const style = styleFor(plan);
  const head = (key: "plan.takes" | "plan.done") => (
    <Th numeric>
      {t(key)}
      <span className="block font-normal">{t("plan.nine.head")}</span>
    </Th>
  );
  return (
    <>
      <Table caption={t("plan.table")} compact>
        <TableHead>
          <Th>{t("plan.part")}</Th>
          <Th className="hidden w-1/2 md:table-cell" aria-describedby={note}>
            <span className="sr-only">{t("plan.bar")}</span>
            <span aria-hidden className="relative block h-4 font-normal">
              {axis.ticks.map((tick) => (
                <span
                  key={tick.atMs}
                  className={clsx(
                    "absolute bottom-0 whitespace-nowrap",
                    tick.left < 4 ? "" : tick.left > 94 ? "-translate-x-full" : "-translate-x-1/2",
                  )}
                  style={{ left: `${tick.left}%` }}
                >
                  {format.instant(tick.atMs, axis.tickStyle)}
                </span>
              ))}
            </span>
          </Th>
          {head("plan.takes")}
          {head("plan.done")}
        </TableHead>
        <tbody>
          {plan.parts.flatMap((part, index) => [
            <Tr key={part.part} className="max-md:border-b-0">
              <Td>
                <span className="font-medium">{t(`plan.part.${part.part}`)}</span>
                <span className="block text-cap text-fg-2">
                  {part.bytes && part.bytes.p50 > 0 ? `${format.bytes(part.bytes.p50)} · ` : ""}
                  {t(`plan.basis.${part.basis}`)}
                </span>
              </Td>
              <Td className="hidden md:table-cell">
                <Bar bar={bars[index]} axis={axis} downtime={part.downtime} />
              </Td>
              <Td numeric className="tabular-nums">
                {format.duration(part.seconds.p50 * 1000)}
                <span className="block text-cap text-fg-2">{format.duration(part.seconds.p90 * 1000)}</span>
              </Td>
              <Td numeric className="tabular-nums">
                {format.instant(part.endAt.p50, style)}
                <span className="block text-cap text-fg-2">{format.instant(part.endAt.p90, style)}</span>
              </Td>
            </Tr>,
            // On narrow screens the bar has a line of its own, as wide as the table.
            <Tr key={`${part.part}-bar`} aria-hidden className="md:hidden">
              <Td colSpan={3} className="pt-0!">
                <Bar bar={bars[index]} axis={axis} downtime={part.downtime} />
              </Td>
            </Tr>,
          ])}
        </tbody>
      </Table>
      <p id={note} className="border-t border-border px-4 py-2 text-cap text-fg-2">
        {plan.timeFactor === 1 ? null : `${t("plan.sandbox", { factor: plan.timeFactor })} `}
        {t("plan.scale")}
      </p>
    </>
  );
}

interface BarProps {
  bar: PlanBar | undefined;
  axis: TimeAxis;
  downtime: boolean;
}

function Bar({ bar, axis, downtime }: BarProps) {
  const { t } = useT();
  const format = useFormat();
  return (
    <span aria-hidden className="relative block h-4.5">
      {axis.ticks.map((tick) => (
        <span
          key={tick.atMs}
          className="absolute -inset-y-2 w-px bg-border opacity-75"
          style={{ left: `${tick.left}%` }}
        />
      ))}
      {axis.breaks.map((cut) => (
        <span
          key={cut.fromMs}
          title={t("plan.break", { duration: format.duration(cut.toMs - cut.fromMs) })}
          className="absolute -inset-y-2 border-border border-x bg-hatch-quiet"
          style={{ left: `${cut.left}%`, width: `${cut.width}%` }}
        />
      ))}
      {bar && bar.width > 0 ? (
        <>
          <span
            className={clsx(
              "absolute inset-y-0.5 min-w-1 rounded-sm border",
              downtime
                ? "border-status-warning bg-status-warning-tint"
                : "border-status-info-line bg-status-info-tint",
            )}
            style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
          />
          <span
            className="absolute top-1/2 h-px bg-fg-3"
            style={{ left: `${bar.left + bar.width}%`, width: `${bar.whisker - bar.left - bar.width}%` }}
          />
          <span className="absolute inset-y-1 w-px bg-fg-3" style={{ left: `${bar.whisker}%` }} />
        </>
      ) : null}
    </span>
  );
}

/** Days where it takes days, seconds where it takes minutes. */
function styleFor({ startAt, onlineAt }: PlanView): "seconds" | "time" | "short" {
  const minutes = (Date.parse(onlineAt.p90) - Date.parse(startAt)) / 60_000;
  if (minutes < 30) return "seconds";
  return minutes < 12 * 60 ? "time" : "short";
}
