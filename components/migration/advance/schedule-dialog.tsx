"use client";

import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { ScheduleFields } from "@/components/schedule/schedule-fields";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
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
        <ScheduleFields value={schedule} onChange={setSchedule} onValid={setValid} />
        {act.error ? <ErrorPanel title={t("migration.action_failed")} error={act.error} /> : null}
      </div>
    </Dialog>
  );
}
