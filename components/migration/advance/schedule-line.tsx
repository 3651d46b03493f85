"use client";

import { useState } from "react";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import type { MigrationView } from "@/lib/contracts/migration";

const ScheduleDialog = latePiece({
  texts: ["migration", "schedule"],
  load: async () => (await import("./schedule-dialog")).ScheduleDialog,
});

/** When rounds run, and the way to change it. */
export function ScheduleLine({ view }: { view: MigrationView }) {
  const { t, tx } = useT();
  const [open, setOpen] = useState(false);
  const schedule = view.schedule;
  if (!schedule) return null;
  const params =
    schedule.mode === "manual" ? {} : { ...schedule, backup: t(`files.backup.${schedule.backup}`) };
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 border-t border-border pt-2 text-table">
      <span>
        <span className="text-fg-2">{t("migration.schedule.label")}</span>{" "}
        {tx(`migration.schedule.${schedule.mode}`, params, schedule.mode)}
      </span>
      {view.allowed.includes("set_schedule") ? (
        <Button variant="ghost" size="sm" onClick={() => setOpen(true)}>
          {t("migration.schedule.change")}
        </Button>
      ) : null}
      {open ? <ScheduleDialog view={view} current={schedule} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}
