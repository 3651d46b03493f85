"use client";

import { useT } from "@/components/locale/i18n-provider";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { STOP_WRITES, type StopWrites } from "@/lib/migration/vocabulary/stop-writes";

interface StopWritesChoiceProps {
  value: StopWrites;
  onChange: (way: StopWrites) => void;
  /** Backups are taken by others, so nothing else may be chosen. */
  onlyOperator: boolean;
}

/** Each way with what it does and the way back. */
export function StopWritesChoice({ value, onChange, onlyOperator }: StopWritesChoiceProps) {
  const { t } = useT();
  const ways = onlyOperator ? (["operator"] as const) : STOP_WRITES;
  return (
    <ChoiceCards
      legend={t("cutover.stop.title")}
      legendLook="section"
      columns={2}
      value={value}
      onChange={onChange}
      choices={ways.map((way) => ({
        value: way,
        title: t(`cutover.stop.${way}`),
        tag: way === "restricted_user" ? t("cutover.stop.restricted_user.tag") : undefined,
        text: (
          <>
            <span className="block">{t(`cutover.stop.${way}.text`)}</span>
            <span className="mt-1.5 block text-fg">{t(`cutover.stop.${way}.back`)}</span>
          </>
        ),
      }))}
    >
      {onlyOperator ? <p className="mb-2 text-table">{t("cutover.stop.only_operator")}</p> : null}
    </ChoiceCards>
  );
}
