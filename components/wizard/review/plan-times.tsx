"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { TextInput } from "@/components/ui/text-input";
import { planQuery } from "@/lib/client/plan-query";
import { viewersZone } from "@/lib/format/viewers-zone";
import type { DraftHandle } from "../draft/use-draft";
import { KnownTimes } from "./known-times";
import { PlanShown } from "./plan-shown";
import { fieldsOf, PLAN_RATES, type PlanFields, wishesOf, wrongFields } from "./plan-wish";
import { RehearsalOffer } from "./rehearsal-offer";
import { TimelinesOffer } from "./timelines-offer";

interface PlanTimesProps {
  id: string;
  handle: DraftHandle;
  /** The source says how large the database is. */
  isSizeKnown: boolean;
}

/** The plan in time: when each part begins and ends, and when to start for a wanted cutover. What is typed is kept with the draft. */
export function PlanTimes({ id, handle, isSizeKnown }: PlanTimesProps) {
  const { t } = useT();
  const { savedDraft, change } = handle;
  const [fields, setFields] = useState<PlanFields>(() => fieldsOf(savedDraft.plan));
  // Where the guide stands changes no plan.
  const { step: _, ...made } = savedDraft;
  const plan = useQuery(planQuery(id, made));
  const wrong = wrongFields(fields);
  const set = (next: PlanFields) => {
    setFields(next);
    change((draft) => ({ ...draft, plan: wishesOf(next) }));
  };
  return (
    <>
      <TimelinesOffer id={id} handle={handle} />
      <Panel title={t("plan.title")} note={t("plan.note")} className="print:break-before-page">
        <div className="grid gap-3 border-b border-border px-4 py-3 sm:grid-cols-2 lg:grid-cols-4 print:hidden">
          <Field label={t("plan.cutover")} hint={t("plan.cutover.hint", { zone: viewersZone() })}>
            {(control) => (
              <TextInput
                {...control}
                type="datetime-local"
                value={fields.cutover}
                onChange={(event) => set({ ...fields, cutover: event.target.value })}
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
                  onChange={(event) => set({ ...fields, [rate]: event.target.value })}
                  after={<span className="flex-none text-cap text-fg-2">{t(`plan.rate.${rate}.unit`)}</span>}
                />
              )}
            </Field>
          ))}
          {fields.cutover === "" ? (
            <Field label={t("plan.startAt")} hint={t("plan.startAt.hint")}>
              {(control) => (
                <TextInput
                  {...control}
                  type="datetime-local"
                  value={fields.start}
                  onChange={(event) => set({ ...fields, start: event.target.value })}
                />
              )}
            </Field>
          ) : null}
          <Field
            label={t("plan.size")}
            hint={t(isSizeKnown ? "plan.size.hint" : "plan.size.needed")}
            error={wrong.includes("size") ? t("plan.rate.wrong") : undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                inputMode="decimal"
                value={fields.size}
                onChange={(event) => set({ ...fields, size: event.target.value })}
                after={<span className="flex-none text-cap text-fg-2">GB</span>}
              />
            )}
          </Field>
        </div>
        {plan.data ? (
          <KnownTimes parts={plan.data.parts} fields={fields} wrong={wrong} onChange={set} />
        ) : null}
        {plan.data ? <PlanShown plan={plan.data} /> : null}
        {plan.data ? <RehearsalOffer id={id} handle={handle} plan={plan.data} /> : null}
        {plan.isPending ? <Skeleton className="m-4 h-40" /> : null}
        <QueryError query={plan} title={t("plan.unread")} className="m-4" />
      </Panel>
    </>
  );
}
