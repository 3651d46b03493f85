"use client";

import { useT } from "@/components/locale/i18n-provider";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { CHECK_MODES, type CheckMode } from "@/lib/migration/vocabulary/check-mode";

interface CheckModeChoiceProps {
  value: CheckMode;
  onChange: (mode: CheckMode) => void;
  legendLook?: "field" | "section";
  className?: string;
}

/** Whether RDS checks the database after it is online or before. */
export function CheckModeChoice({ value, onChange, legendLook, className }: CheckModeChoiceProps) {
  const { t } = useT();
  return (
    <ChoiceCards
      legend={t("check.title")}
      {...(legendLook && { legendLook })}
      value={value}
      onChange={onChange}
      columns={2}
      {...(className && { className })}
      choices={CHECK_MODES.map((mode) => ({
        value: mode,
        title: t(`check.${mode}`),
        text: t(`check.${mode}.text`),
      }))}
    />
  );
}
