"use client";

import { useT } from "@/components/locale/i18n-provider";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import type { ForecastView } from "@/lib/contracts/forecast";
import type { CutoverDeadline } from "@/lib/migration/cutover-request";
import { DEADLINE_AFTERS } from "@/lib/migration/vocabulary/deadline";

/** As it is typed: minutes may be empty (no deadline) or not a number yet. */
export interface TypedDeadline {
  minutes: string;
  after: CutoverDeadline["after"];
}

const MOST_MINUTES = 24 * 60;

/** Null: none is wanted. Undefined: what is typed is no number of minutes. */
export function deadlineOf({ minutes, after }: TypedDeadline): CutoverDeadline | null | undefined {
  const text = minutes.trim();
  if (text === "") return null;
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= MOST_MINUTES
    ? { minutes: value, after }
    : undefined;
}

interface DeadlineFieldProps {
  value: TypedDeadline;
  onChange: (value: TypedDeadline) => void;
  forecast: ForecastView | null;
}

/** The longest downtime, and what follows when it is passed; says at once when the forecast does not fit into it. */
export function DeadlineField({ value, onChange, forecast }: DeadlineFieldProps) {
  const { t } = useT();
  const deadline = deadlineOf(value);
  const tight = deadline && forecast && forecast.downtimeSeconds.p90 > deadline.minutes * 60;
  return (
    <div className="space-y-3">
      <Field
        id="deadline-minutes"
        label={t("cutover.deadline.minutes")}
        hint={tight ? t("cutover.deadline.tight") : t("cutover.deadline.hint")}
        error={deadline === undefined ? t("cutover.deadline.wrong", { most: MOST_MINUTES }) : undefined}
      >
        {(control) => (
          <TextInput
            {...control}
            inputMode="numeric"
            value={value.minutes}
            onChange={(event) => onChange({ ...value, minutes: event.target.value })}
            className="max-w-28"
          />
        )}
      </Field>
      {deadline ? (
        <ChoiceCards
          legend={t("cutover.deadline.after")}
          columns={2}
          value={value.after}
          onChange={(after) => onChange({ ...value, after })}
          choices={DEADLINE_AFTERS.map((after) => ({
            value: after,
            title: t(`cutover.deadline.${after}`),
            tag: after === "take_back" ? t("cutover.stop.restricted_user.tag") : undefined,
            text: t(`cutover.deadline.${after}.text`),
          }))}
        />
      ) : null}
    </div>
  );
}
