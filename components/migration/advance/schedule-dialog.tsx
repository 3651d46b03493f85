"use client";

import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { useT } from "@/components/locale/i18n-provider";
import { ScheduleFields } from "@/components/schedule/schedule-fields";
import type { MigrationView } from "@/lib/contracts/migration";
import type { Schedule } from "@/lib/migration/vocabulary/schedule";
import { useAct } from "../act/use-act";

interface ScheduleDialogProps {
  view: MigrationView;
  current: Schedule;
  onClose: () => void;
}

export function ScheduleDialog({ view, current, onClose }: ScheduleDialogProps) {
  const { t } = useT();
  const act = useAct(view.id);
  const [schedule, setSchedule] = useState(current);
  const [valid, setValid] = useState(true);
  const save = () => {
    if (valid) act.mutate({ type: "set_schedule", schedule }, { onSuccess: onClose });
  };
  return (
    <AskDialog
      title={t("migration.schedule.title")}
      description={t("migration.schedule.text")}
      confirm={t("migration.schedule.save")}
      busy={act.isPending}
      error={act.error}
      failed={t("migration.action_failed")}
      onConfirm={save}
      onClose={onClose}
    >
      <ScheduleFields value={schedule} onChange={setSchedule} onValid={setValid} />
    </AskDialog>
  );
}
