"use client";

import { useT } from "@/components/locale/i18n-provider";
import { StatusBadge } from "@/components/status/status-badge";
import { Dialog } from "@/components/ui/dialog";
import type { MigrationView } from "@/lib/contracts/migration";
import { CutoverForm } from "./cutover-form";
import { CutoverProgress } from "./cutover-progress";

interface CutoverDialogProps {
  view: MigrationView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** First the gates and choices, then, once confirmed, the steps with the clock. Closing it stops nothing. */
export function CutoverDialog({ view, open, onOpenChange }: CutoverDialogProps) {
  const { t } = useT();
  const database = view.target.database ?? view.name;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size={view.cutover ? "xl" : "lg"}
      title={t(view.cutover ? "cutover.progress.title" : "cutover.title", { database })}
      description={view.target.instanceId}
      aside={
        view.cutover ? <StatusBadge status={view.status} detail={t(`migration.phase.${view.phase}`)} /> : null
      }
    >
      {view.cutover ? (
        <CutoverProgress view={view} cutover={view.cutover} />
      ) : (
        <CutoverForm view={view} onArmed={() => onOpenChange(false)} />
      )}
    </Dialog>
  );
}
