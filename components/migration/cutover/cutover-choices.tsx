"use client";

import { useT } from "@/components/locale/i18n-provider";
import { RadioCard } from "@/components/ui/radio-card";
import type { MigrationAction } from "@/lib/contracts/migration";

type Cutover = Extract<MigrationAction, { type: "cutover" }>;
export type StopWrites = Cutover["stopWrites"];
export type CheckMode = Cutover["checkMode"];

interface Choice<V> {
  value: V;
  onChange: (value: V) => void;
}

/** Each way with what it does and the way back. */
export function StopWritesChoice({
  value,
  onChange,
  onlyOperator,
}: Choice<StopWrites> & { onlyOperator: boolean }) {
  const { t } = useT();
  const ways = onlyOperator ? (["operator"] as const) : (["restricted_user", "operator"] as const);
  return (
    <fieldset>
      <legend className="mb-1.5 font-semibold">{t("cutover.stop.title")}</legend>
      {onlyOperator ? <p className="mb-2 text-table">{t("cutover.stop.only_operator")}</p> : null}
      <div className="grid gap-2.5 sm:grid-cols-2">
        {ways.map((way) => (
          <RadioCard
            key={way}
            name="stop-writes"
            value={way}
            checked={value === way}
            onSelect={() => onChange(way)}
            title={t(`cutover.stop.${way}`)}
            tag={way === "restricted_user" ? t("cutover.stop.restricted_user.tag") : undefined}
          >
            <span className="block">{t(`cutover.stop.${way}.text`)}</span>
            <span className="mt-1.5 block text-fg">{t(`cutover.stop.${way}.back`)}</span>
          </RadioCard>
        ))}
      </div>
    </fieldset>
  );
}

export function CheckModeChoice({ value, onChange }: Choice<CheckMode>) {
  const { t } = useT();
  return (
    <fieldset>
      <legend className="mb-1.5 font-semibold">{t("cutover.check.title")}</legend>
      <div className="grid gap-2.5 sm:grid-cols-2">
        {(["async", "sync"] as const).map((mode) => (
          <RadioCard
            key={mode}
            name="check-mode"
            value={mode}
            checked={value === mode}
            onSelect={() => onChange(mode)}
            title={t(`cutover.check.${mode}`)}
          >
            {t(`cutover.check.${mode}.text`)}
          </RadioCard>
        ))}
      </div>
    </fieldset>
  );
}
