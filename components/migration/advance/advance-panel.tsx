"use client";

import { Archive, ArchiveRestore, type LucideIcon, RefreshCw, Ship } from "lucide-react";
import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { groupSteps } from "@/components/migration/timeline/group-steps";
import { Button } from "@/components/ui/button";
import type { MigrationAction, MigrationView } from "@/lib/contracts/migration";
import { ConditionList } from "../act/condition-list";
import { useAct } from "../act/use-act";
import { advanceState, type PrimaryAction } from "./advance-state";
import { CancelDialog } from "./cancel-dialog";
import { NeedLine } from "./need-line";
import { ScheduleLine } from "./schedule-line";

type Act = Exclude<PrimaryAction, null> | "take_differential";

const ICONS: Record<Act, LucideIcon> = {
  take_log: Archive,
  take_differential: Archive,
  scan_now: RefreshCw,
  cutover: Ship,
  show_cutover: ArchiveRestore,
};

interface AdvancePanelProps {
  view: MigrationView;
  onCutover: () => void;
  onShowStep: (stepId: string) => void;
  onShowFiles: () => void;
}

/** The one place from which a migration goes on. It is never greyed out: what is missing stands beside it. */
export function AdvancePanel({ view, onCutover, onShowStep, onShowFiles }: AdvancePanelProps) {
  const { t } = useT();
  const act = useAct(view.id);
  const [cancelling, setCancelling] = useState(false);
  const state = advanceState(view);
  const refused = view.files.some((file) => file.state === "refused");
  const canCancel = view.allowed.includes("cancel");
  const troubled = groupSteps(view.steps, view.files)
    .flatMap((group) => group.steps)
    .find((step) => step.status === "unknown" || step.status === "failed");

  const actions: Record<Act, MigrationAction | null> = {
    take_log: { type: "take_backup", backup: "log" },
    take_differential: { type: "take_backup", backup: "differential" },
    scan_now: { type: "scan_now" },
    cutover: null,
    show_cutover: null,
  };
  const press = (which: Act) => {
    const action = actions[which];
    if (action) act.mutate(action);
    else onCutover();
  };
  const button = (which: Act, primary: boolean) => (
    <Button
      key={which}
      variant={primary ? "primary" : "default"}
      icon={ICONS[which]}
      busy={act.isPending && isSame(act.variables, actions[which])}
      onClick={() => press(which)}
    >
      {t(`migration.advance.${which}`)}
    </Button>
  );
  const nothing = state.primary === null && state.secondary.length === 0;

  return (
    <section
      aria-label={t("migration.advance.title")}
      className="panel flex flex-col gap-2.5 px-4 py-3 min-[87.5rem]:col-start-2 min-[87.5rem]:row-span-2 min-[87.5rem]:row-start-1"
    >
      <NeedLine view={view} />
      {troubled ? (
        <Button variant="primary" onClick={() => onShowStep(troubled.id)}>
          {t(troubled.status === "unknown" ? "migration.advance.unknown" : "migration.advance.failed")}
        </Button>
      ) : null}
      {refused && !troubled ? (
        <Button variant="primary" onClick={onShowFiles}>
          {t("migration.advance.refused")}
        </Button>
      ) : null}
      {nothing ? null : (
        <div className="flex flex-wrap items-center gap-2">
          {state.primary ? button(state.primary, !troubled && !refused) : null}
          {state.secondary.map((which) => button(which, false))}
        </div>
      )}
      {act.error ? <ErrorPanel title={t("migration.action_failed")} error={act.error} /> : null}
      {state.conditions.length > 0 && view.phase !== "draft" ? (
        <ConditionList conditions={state.conditions} met={state.met} />
      ) : null}
      {view.schedule && view.backupBy === "app" && !view.cutover && view.method === "access_pending" ? (
        <ScheduleLine view={view} />
      ) : null}
      {canCancel ? (
        <div className="mt-auto border-t border-border pt-2">
          <Button variant="ghost" size="sm" className="-ml-2" onClick={() => setCancelling(true)}>
            {t("migration.advance.cancel")}
          </Button>
        </div>
      ) : null}
      {cancelling ? <CancelDialog view={view} onClose={() => setCancelling(false)} /> : null}
    </section>
  );
}

function isSame(a: MigrationAction | undefined, b: MigrationAction | null): boolean {
  return a !== undefined && b !== null && JSON.stringify(a) === JSON.stringify(b);
}
