"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import type { PlanView } from "@/lib/contracts/plan";
import type { PartFields, PlanFields } from "./plan-wish";

interface KnownTimesProps {
  parts: PlanView["parts"];
  fields: PlanFields;
  wrong: readonly string[];
  onChange: (fields: PlanFields) => void;
}

const NOTHING: PartFields = { minutes: "", notBefore: "" };

/** How long a part takes and when it begins, where a person knows it: a line that is free at night, a window with the owners. */
export function KnownTimes({ parts, fields, wrong, onChange }: KnownTimesProps) {
  const { t } = useT();
  return (
    <details className="border-b border-border print:hidden">
      <summary className="px-4 py-2 font-medium text-accent text-table">{t("plan.known")}</summary>
      <p className="px-4 pb-2 text-cap text-fg-2">{t("plan.known.text")}</p>
      <ul className="divide-y divide-border border-t border-border">
        {parts.map(({ part }) => {
          const own = fields.parts[part] ?? NOTHING;
          const set = (change: Partial<PartFields>) =>
            onChange({ ...fields, parts: { ...fields.parts, [part]: { ...own, ...change } } });
          const name = t(`plan.part.${part}`);
          return (
            <li key={part} className="grid gap-3 px-4 py-2 sm:grid-cols-[minmax(0,1fr)_160px_220px]">
              <span className="self-center font-medium text-table">{name}</span>
              <Field
                className=""
                label={t("plan.known.minutes")}
                error={wrong.includes(part) ? t("plan.known.wrong") : undefined}
              >
                {(control) => (
                  <TextInput
                    {...control}
                    aria-label={t("plan.known.minutes_of", { part: name })}
                    inputMode="decimal"
                    value={own.minutes}
                    onChange={(event) => set({ minutes: event.target.value })}
                  />
                )}
              </Field>
              <Field className="" label={t("plan.known.notBefore")}>
                {(control) => (
                  <TextInput
                    {...control}
                    aria-label={t("plan.known.notBefore_of", { part: name })}
                    type="datetime-local"
                    value={own.notBefore}
                    onChange={(event) => set({ notBefore: event.target.value })}
                  />
                )}
              </Field>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
