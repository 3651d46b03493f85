"use client";

import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { RadioCard } from "@/components/ui/radio-card";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { MigrationView, Schedule } from "@/lib/contracts/migration";
import { useAct } from "../act/use-act";

const MODES = ["manual", "every", "back_to_back"] as const;
const TITLES = {
  manual: "migration.schedule.manual",
  every: "migration.schedule.every_label",
  back_to_back: "migration.schedule.back_label",
} as const;
const HINTS = {
  manual: "migration.schedule.manual_hint",
  every: "migration.schedule.every_hint",
  back_to_back: "migration.schedule.back_hint",
} as const;
const MB = 1_000_000;

interface ScheduleDialogProps {
  view: MigrationView;
  current: Schedule;
  onClose: () => void;
}

export function ScheduleDialog({ view, current, onClose }: ScheduleDialogProps) {
  const { t } = useT();
  const act = useAct(view.id);
  const [mode, setMode] = useState<Schedule["mode"]>(current.mode);
  const [backup, setBackup] = useState<"log" | "differential">(
    current.mode === "manual" ? "log" : current.backup,
  );
  const [minutes, setMinutes] = useState(current.mode === "every" ? String(current.minutes) : "15");
  const [untilMb, setUntilMb] = useState(
    current.mode === "back_to_back" ? String(Math.round(current.untilBytes / MB)) : "500",
  );
  const schedule = buildSchedule(mode, backup, Number(minutes), Number(untilMb));
  const save = () => {
    if (schedule) act.mutate({ type: "set_schedule", schedule }, { onSuccess: onClose });
  };
  const wrong = schedule ? undefined : t("error.field_invalid");
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t("migration.schedule.title")}
      description={t("migration.schedule.text")}
      footer={
        <>
          <Button onClick={onClose}>{t("shell.cancel")}</Button>
          <Button variant="primary" busy={act.isPending} onClick={save}>
            {t("migration.schedule.save")}
          </Button>
        </>
      }
    >
      <div className="space-y-3 px-4 py-4 sm:px-6">
        <fieldset className="space-y-2">
          <legend className="sr-only">{t("migration.schedule.title")}</legend>
          {MODES.map((value) => (
            <RadioCard
              key={value}
              name="schedule"
              value={value}
              checked={mode === value}
              onSelect={() => setMode(value)}
              title={t(TITLES[value])}
            >
              {t(HINTS[value])}
            </RadioCard>
          ))}
        </fieldset>
        {mode === "every" ? (
          <Field label={t("migration.schedule.minutes")} error={wrong}>
            {(control) => (
              <TextInput
                {...control}
                inputMode="numeric"
                value={minutes}
                onChange={(event) => setMinutes(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        {mode === "back_to_back" ? (
          <Field label={t("migration.schedule.until_mb")} error={wrong}>
            {(control) => (
              <TextInput
                {...control}
                inputMode="numeric"
                value={untilMb}
                onChange={(event) => setUntilMb(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        {mode === "manual" ? null : (
          <Field label={t("migration.schedule.backup")}>
            {(control) => (
              <Select
                {...control}
                value={backup}
                onChange={(event) =>
                  setBackup(event.target.value === "differential" ? "differential" : "log")
                }
              >
                <option value="log">{t("files.backup.log")}</option>
                <option value="differential">{t("files.backup.differential")}</option>
              </Select>
            )}
          </Field>
        )}
        {act.error ? <ErrorPanel title={t("migration.action_failed")} error={act.error} /> : null}
      </div>
    </Dialog>
  );
}

/** Null while a number is out of its range. */
function buildSchedule(
  mode: Schedule["mode"],
  backup: "log" | "differential",
  minutes: number,
  untilMb: number,
): Schedule | null {
  if (mode === "manual") return { mode };
  if (mode === "every") {
    return Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440 ? { mode, minutes, backup } : null;
  }
  return Number.isFinite(untilMb) && untilMb > 0
    ? { mode, untilBytes: Math.round(untilMb * MB), backup }
    : null;
}
