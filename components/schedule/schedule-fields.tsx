"use client";

import { useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Callout } from "@/components/ui/callout";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { SCHEDULE_MODES, type Schedule } from "@/lib/migration/vocabulary/schedule";
import { importDemand } from "./import-demand";

/** The guide's limit for the last log backup. */
const CUTOVER_LIMIT_MB = 500;
const BYTES_PER_MB = 1_000_000;
const DEFAULT_MINUTES = 120;

function scheduleOf(mode: Schedule["mode"], before: Schedule): Schedule {
  const backup = before.mode === "manual" ? "log" : before.backup;
  switch (mode) {
    case "manual":
      return { mode };
    case "every":
      return { mode, backup, minutes: DEFAULT_MINUTES };
    case "back_to_back":
      return { mode, backup, untilBytes: CUTOVER_LIMIT_MB * BYTES_PER_MB };
  }
}

interface ScheduleFieldsProps {
  value: Schedule;
  onChange: (schedule: Schedule) => void;
  /** Told with every key: false while a number is out of its range, and `value` stays the last good one. */
  onValid?: (valid: boolean) => void;
  columns?: 1 | 3;
  id?: string;
  error?: string | undefined;
  className?: string;
}

/** When rounds run, with what the choice costs in imports. */
export function ScheduleFields(props: ScheduleFieldsProps) {
  const { value, onChange, onValid, columns = 1, id, error, className } = props;
  const { t } = useT();
  const demand = importDemand(value);
  const choose = (mode: Schedule["mode"]) => {
    onValid?.(true);
    onChange(scheduleOf(mode, value));
  };
  return (
    <div className={className}>
      <ChoiceCards
        {...(id && { id })}
        legend={t("schedule.title")}
        columns={columns}
        value={value.mode}
        onChange={choose}
        choices={SCHEDULE_MODES.map((mode) => ({
          value: mode,
          title: t(`schedule.${mode}`),
          text: t(`schedule.${mode}.text`),
        }))}
      >
        <p className="mb-1.5 text-cap text-fg-2">{t("schedule.text")}</p>
      </ChoiceCards>
      {value.mode === "manual" ? null : (
        <div className="mt-3 grid gap-x-4 sm:grid-cols-2">
          {value.mode === "every" ? (
            <NumberField
              key="minutes"
              label={t("schedule.minutes")}
              error={error}
              value={value.minutes}
              max={1440}
              onValid={onValid}
              onChange={(minutes) => onChange({ ...value, minutes })}
            />
          ) : (
            <NumberField
              key="until"
              label={t("schedule.until")}
              error={error}
              value={Math.round(value.untilBytes / BYTES_PER_MB)}
              max={1_000_000}
              onValid={onValid}
              onChange={(megabytes) => onChange({ ...value, untilBytes: megabytes * BYTES_PER_MB })}
            />
          )}
          <Field label={t("schedule.backup")}>
            {(control) => (
              <Select
                {...control}
                value={value.backup}
                onChange={(event) =>
                  onChange({
                    ...value,
                    backup: event.target.value === "differential" ? "differential" : "log",
                  })
                }
              >
                <option value="log">{t("schedule.log")}</option>
                <option value="differential">{t("schedule.differential")}</option>
              </Select>
            )}
          </Field>
        </div>
      )}
      {demand.fits ? null : (
        <Callout tone="warning" role="status">
          {t("schedule.over_budget", { perDay: demand.perDay, minutes: demand.shortestMinutes })}
        </Callout>
      )}
    </div>
  );
}

interface NumberFieldProps {
  label: string;
  error: string | undefined;
  value: number;
  max: number;
  onValid: ((valid: boolean) => void) | undefined;
  onChange: (value: number) => void;
}

/** A whole number from 1 to `max`. What is typed on the way stays as typed; only a valid number is taken over. */
function NumberField({ label, error, value, max, onValid, onChange }: NumberFieldProps) {
  const { t } = useT();
  const [typed, setTyped] = useState(String(value));
  const isValid = (text: string) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= max;
  const type = (text: string) => {
    setTyped(text);
    onValid?.(isValid(text));
    if (isValid(text)) onChange(Number(text));
  };
  return (
    <Field label={label} error={isValid(typed) ? error : t("schedule.number", { max })}>
      {(control) => (
        <TextInput
          {...control}
          inputMode="numeric"
          value={typed}
          onChange={(event) => type(event.target.value)}
        />
      )}
    </Field>
  );
}
