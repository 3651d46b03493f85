"use client";

import { useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { RadioCard } from "@/components/ui/radio-card";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { Schedule } from "@/lib/contracts/migration";
import { fieldId, type StepProps } from "../draft/step-props";
import { importDemand } from "./import-demand";

/** The guide's limit for the last log backup. */
const CUTOVER_LIMIT_MB = 500;
const BYTES_PER_MB = 1_000_000;
const DEFAULT_MINUTES = 120;

const MODES = ["manual", "every", "back_to_back"] as const;

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

/** When rounds run, with what the choice costs in imports. */
export function ScheduleFields({ handle, errorOf }: StepProps) {
  const { t } = useT();
  const { draft, change } = handle;
  const { schedule } = draft;
  const set = (next: Schedule) => change((before) => ({ ...before, schedule: next }));
  if (draft.backupBy === "others") {
    return <p className="mb-5 text-fg-2 text-table">{t("wizard.import.schedule.othersTake")}</p>;
  }
  const demand = importDemand(schedule);
  return (
    <fieldset id={fieldId("schedule")} tabIndex={-1} className="mb-5">
      <legend className="font-medium text-table">{t("wizard.import.schedule")}</legend>
      <p className="mb-1.5 text-cap text-fg-2">{t("wizard.import.schedule.text")}</p>
      <div className="grid gap-3 sm:grid-cols-3">
        {MODES.map((mode) => (
          <RadioCard
            key={mode}
            name="wizard-schedule"
            value={mode}
            checked={schedule.mode === mode}
            onSelect={() => set(scheduleOf(mode, schedule))}
            title={t(`wizard.import.schedule.${mode}`)}
          >
            {t(`wizard.import.schedule.${mode}.text`)}
          </RadioCard>
        ))}
      </div>
      {schedule.mode === "manual" ? null : (
        <div className="mt-3 grid gap-x-4 sm:grid-cols-2">
          {schedule.mode === "every" ? (
            <NumberField
              key="minutes"
              label={t("wizard.import.schedule.minutes")}
              error={errorOf("schedule")}
              value={schedule.minutes}
              max={1440}
              onChange={(minutes) => set({ ...schedule, minutes })}
            />
          ) : (
            <NumberField
              key="until"
              label={t("wizard.import.schedule.until")}
              error={errorOf("schedule")}
              value={Math.round(schedule.untilBytes / BYTES_PER_MB)}
              max={1_000_000}
              onChange={(megabytes) => set({ ...schedule, untilBytes: megabytes * BYTES_PER_MB })}
            />
          )}
          <Field label={t("wizard.import.schedule.backup")}>
            {(control) => (
              <Select
                {...control}
                value={schedule.backup}
                onChange={(event) =>
                  set({ ...schedule, backup: event.target.value === "differential" ? "differential" : "log" })
                }
              >
                <option value="log">{t("wizard.import.schedule.log")}</option>
                <option value="differential">{t("wizard.import.schedule.differential")}</option>
              </Select>
            )}
          </Field>
        </div>
      )}
      {demand.fits ? null : (
        <Callout tone="warning" role="status">
          {t("wizard.import.schedule.overBudget", {
            perDay: demand.perDay,
            minutes: demand.shortestMinutes,
          })}
        </Callout>
      )}
    </fieldset>
  );
}

/** A whole number from 1 to `max`. What is typed on the way stays as typed; only a valid number is taken over. */
function NumberField({
  label,
  error,
  value,
  max,
  onChange,
}: {
  label: string;
  error: string | undefined;
  value: number;
  max: number;
  onChange: (value: number) => void;
}) {
  const { t } = useT();
  const [typed, setTyped] = useState(String(value));
  const isValid = (text: string) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= max;
  return (
    <Field label={label} error={isValid(typed) ? error : t("wizard.import.schedule.number", { max })}>
      {(control) => (
        <TextInput
          {...control}
          inputMode="numeric"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            if (isValid(event.target.value)) onChange(Number(event.target.value));
          }}
        />
      )}
    </Field>
  );
}
