"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { useDeferredValue, useId, useState } from "react";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useNow } from "@/components/locale/use-now";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import { TextInput } from "@/components/ui/text-input";
import { planQuery } from "@/lib/client/plan-query";
import type { PlanView } from "@/lib/contracts/plan";
import { IMPORTS_PER_DAY } from "@/lib/migration/rds-limits";
import { layoutPlan } from "./plan-bars";
import { NO_FIELDS, PLAN_RATES, type PlanFields, planWish, wrongFields } from "./plan-wish";

/** The plan in time: when each part begins and ends, and when to start for a wanted cutover. */
export function PlanTimes({ id, databaseBytes }: { id: string; databaseBytes: number }) {
  const { t } = useT();
  const [fields, setFields] = useState<PlanFields>(NO_FIELDS);
  const wish = useDeferredValue(planWish(databaseBytes, fields));
  const plan = useQuery(planQuery(id, wish));
  const wrong = wrongFields(fields);
  const set = (field: keyof PlanFields, value: string) =>
    setFields((before) => ({ ...before, [field]: value }));
  return (
    <Panel title={t("plan.title")} note={t("plan.note")}>
      <div className="grid gap-3 border-b border-border px-4 py-3 sm:grid-cols-2 lg:grid-cols-4">
        <Field label={t("plan.cutover")} hint={t("plan.cutover.hint", { zone: viewersZone() })}>
          {(control) => (
            <TextInput
              {...control}
              type="datetime-local"
              value={fields.cutover}
              onChange={(event) => set("cutover", event.target.value)}
            />
          )}
        </Field>
        {PLAN_RATES.map((rate) => (
          <Field
            key={rate}
            label={t(`plan.rate.${rate}`)}
            hint={t(`plan.rate.${rate}.hint`)}
            error={wrong.includes(rate) ? t("plan.rate.wrong") : undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                inputMode="decimal"
                value={fields[rate]}
                onChange={(event) => set(rate, event.target.value)}
                after={<span className="flex-none text-cap text-fg-2">{t(`plan.rate.${rate}.unit`)}</span>}
              />
            )}
          </Field>
        ))}
      </div>
      {plan.data ? <PlanShown plan={plan.data} /> : null}
      {plan.isPending ? <Skeleton className="m-4 h-40" /> : null}
      <QueryError query={plan} title={t("plan.unread")} className="m-4" />
    </Panel>
  );
}

function PlanShown({ plan }: { plan: PlanView }) {
  const { t } = useT();
  const format = useFormat();
  const { wanted } = plan;
  const [likely, most] = [Math.round(plan.imports.p50), Math.round(plan.imports.p90)];
  const facts: [string, string, string][] = [
    [
      t("plan.start"),
      format.instant(plan.startAt),
      wanted ? t("plan.start.likely", { at: format.instant(wanted.likelyStartAt) }) : t("plan.start.now"),
    ],
    [
      t("plan.stop"),
      format.instant(plan.cutoverAt.p50),
      t("plan.nine", { at: format.instant(plan.cutoverAt.p90) }),
    ],
    [
      t("plan.online"),
      format.instant(plan.onlineAt.p50),
      t("plan.nine", { at: format.instant(plan.onlineAt.p90) }),
    ],
    [
      t("plan.downtime"),
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
  const bars = layoutPlan(plan.parts);
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
          <Th className="hidden w-2/5 md:table-cell" aria-describedby={note}>
            {t("plan.bar")}
          </Th>
          {head("plan.takes")}
          {head("plan.done")}
        </TableHead>
        <tbody>
          {plan.parts.map((part, index) => (
            <Tr key={part.part}>
              <Td>
                <span className="font-medium">{t(`plan.part.${part.part}`)}</span>
                <span className="block text-cap text-fg-2">
                  {part.bytes && part.bytes.p50 > 0 ? `${format.bytes(part.bytes.p50)} · ` : ""}
                  {t(`plan.basis.${part.basis}`)}
                </span>
              </Td>
              <Td className="hidden md:table-cell">
                <Bar bar={bars[index]} downtime={part.downtime} />
              </Td>
              <Td numeric className="tabular-nums">
                {format.duration(part.seconds.p50 * 1000)}
                <span className="block text-cap text-fg-2">{format.duration(part.seconds.p90 * 1000)}</span>
              </Td>
              <Td numeric className="tabular-nums">
                {format.instant(part.endAt.p50, style)}
                <span className="block text-cap text-fg-2">{format.instant(part.endAt.p90, style)}</span>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <p id={note} className="border-t border-border px-4 py-2 text-cap text-fg-2">
        {plan.timeFactor === 1 ? null : `${t("plan.sandbox", { factor: plan.timeFactor })} `}
        {t("plan.scale")}
      </p>
    </>
  );
}

function Bar({
  bar,
  downtime,
}: {
  bar: ReturnType<typeof layoutPlan>[number] | undefined;
  downtime: boolean;
}) {
  if (bar === undefined || bar.width === 0) return null;
  return (
    <span aria-hidden className="relative block h-3.5">
      <span
        className={clsx(
          "absolute inset-y-0 rounded-sm border",
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
      <span className="absolute inset-y-0.5 w-px bg-fg-3" style={{ left: `${bar.whisker}%` }} />
    </span>
  );
}

/** Days where it takes days, seconds where it takes minutes. */
function styleFor({ startAt, onlineAt }: PlanView): "seconds" | "time" | "short" {
  const minutes = (Date.parse(onlineAt.p90) - Date.parse(startAt)) / 60_000;
  if (minutes < 30) return "seconds";
  return minutes < 12 * 60 ? "time" : "short";
}

function viewersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
