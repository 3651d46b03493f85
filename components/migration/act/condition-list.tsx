"use client";

import { CircleCheck, Hand, Hourglass } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { TONE_TEXT } from "@/components/ui/tone";
import type { ConditionView } from "@/lib/contracts/migration";
import { conditionText } from "./condition-text";

const LOOKS = {
  yours: { icon: Hand, tone: "warning" },
  wait: { icon: Hourglass, tone: "info" },
} as const;

/** Gates of the cutover: yours to fix, then those that clear by themselves, then the met ones on one line. */
export function ConditionList({ conditions, met }: { conditions: ConditionView[]; met?: number }) {
  const { t, tx } = useT();
  const open = (["yours", "wait"] as const).flatMap((state) =>
    conditions.filter((condition) => condition.state === state).map((condition) => ({ condition, state })),
  );
  const done = conditions.filter((condition) => condition.state === "met");
  const name = (condition: ConditionView) => conditionText(condition, { tx }).name;
  return (
    <div className={met === undefined ? undefined : "border-t border-border pt-2"}>
      {met === undefined ? null : (
        <h2 className="flex justify-between font-medium text-cap text-fg-2">
          {t("migration.advance.conditions")}
          <span>{t("migration.advance.met", { met, total: conditions.length })}</span>
        </h2>
      )}
      <ul className="text-table">
        {open.map(({ condition, state }) => {
          const { icon: Icon, tone } = LOOKS[state];
          const { hint } = conditionText(condition, { tx });
          return (
            <li key={condition.key} className="grid grid-cols-[16px_minmax(0,1fr)_auto] gap-2 py-1">
              <Icon size={16} strokeWidth={1.75} aria-hidden className={`mt-0.5 ${TONE_TEXT[tone]}`} />
              <span>
                {name(condition)}
                {hint ? <span className="block text-cap text-fg-2">{hint}</span> : null}
              </span>
              <span className="text-cap text-fg-3">{t(`advance.state.${state}`)}</span>
            </li>
          );
        })}
        {done.length > 0 ? (
          <li className="grid grid-cols-[16px_minmax(0,1fr)_auto] gap-2 py-1 text-fg-2">
            <CircleCheck size={16} strokeWidth={1.75} aria-hidden className={`mt-0.5 ${TONE_TEXT.success}`} />
            <span>{done.map(name).join("\u00a0· ")}</span>
            <span className="text-cap text-fg-3">{t("advance.state.met")}</span>
          </li>
        ) : null}
      </ul>
    </div>
  );
}
