"use client";

import { useT } from "@/components/locale/i18n-provider";
import { ScheduleFields } from "@/components/schedule/schedule-fields";
import { fieldId, type StepProps } from "../draft/step-props";
import type { ReviewWords } from "../field/wizard-field";

/** When rounds run; nothing to choose where others take the backups. */
export function Rounds({ handle: { draft, change }, errorOf }: StepProps) {
  const { t } = useT();
  if (draft.backupBy === "others") {
    return <p className="mb-5 text-fg-2 text-table">{t("wizard.import.schedule.othersTake")}</p>;
  }
  return (
    <ScheduleFields
      id={fieldId("schedule")}
      className="mb-5"
      columns={3}
      error={errorOf("schedule")}
      value={draft.schedule}
      onChange={(schedule) => change((before) => ({ ...before, schedule }))}
    />
  );
}

export function roundsText({ draft: { schedule, backupBy }, t, format }: ReviewWords): string {
  if (backupBy === "others") return t("wizard.review.rounds.others");
  switch (schedule.mode) {
    case "manual":
      return t("wizard.review.rounds.manual");
    case "every":
      return t(`wizard.review.rounds.every.${schedule.backup}`, { minutes: schedule.minutes });
    case "back_to_back":
      return t(`wizard.review.rounds.back_to_back.${schedule.backup}`, {
        size: format.bytes(schedule.untilBytes),
      });
  }
}
