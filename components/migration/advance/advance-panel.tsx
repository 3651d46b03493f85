"use client";

import { Archive, ArchiveRestore, type LucideIcon, RefreshCw, Ship } from "lucide-react";
import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import type { MigrationAction, MigrationView } from "@/lib/contracts/migration";
import { ADVANCE_ACTIONS, type AdvanceAction } from "@/lib/migration/vocabulary/advance-action";
import { ConditionList } from "../act/condition-list";
import { useAct } from "../act/use-act";
import { CancelDialog } from "./cancel-dialog";
import { NeedLine } from "./need-line";
import { ScheduleLine } from "./schedule-line";

const ICONS: Record<AdvanceAction, LucideIcon> = {
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

/**
 * The one place from which a migration goes on. It is never greyed out: what is missing stands beside it. While work goes on, its
 * buttons come and go where they always are: the line above them has one height, and each has a place that stays free without it.
 */
export function AdvancePanel({ view, onCutover, onShowStep, onShowFiles }: AdvancePanelProps) {
  const { t } = useT();
  const act = useAct(view.id);
  const [cancelling, setCancelling] = useState(false);
  const state = view.advance;
  const refused = view.files.some((file) => file.state === "refused");
  const canCancel = view.allowed.includes("cancel");
  const troubled = view.steps.find((step) => step.status === "unknown" || step.status === "failed");

  const actions: Record<AdvanceAction, MigrationAction | null> = {
    take_log: { type: "take_backup", backup: "log" },
    take_differential: { type: "take_backup", backup: "differential" },
    scan_now: { type: "scan_now" },
    cutover: null,
    show_cutover: null,
  };
  const press = (which: AdvanceAction) => {
    const action = actions[which];
    if (action) act.mutate(action);
    else onCutover();
  };
  const button = (which: AdvanceAction, primary: boolean) => (
    <Button
      variant={primary ? "primary" : "default"}
      icon={ICONS[which]}
      busy={act.isPending && isSame(act.variables, actions[which])}
      onClick={() => press(which)}
    >
      {t(`migration.advance.${which}`)}
    </Button>
  );
  const offered = new Set(state.primary ? [state.primary, ...state.secondary] : state.secondary);

  return (
    <section
      aria-label={t("migration.advance.title")}
      className="panel flex flex-col gap-2.5 px-4 py-3 min-[87.5rem]:col-start-2 min-[87.5rem]:row-span-2 min-[87.5rem]:row-start-1"
    >
      <div className="flex h-8 items-center">
        {troubled ? (
          <Button variant="primary" onClick={() => onShowStep(troubled.id)}>
            {t(troubled.status === "unknown" ? "migration.advance.unknown" : "migration.advance.failed")}
          </Button>
        ) : refused ? (
          <Button variant="primary" onClick={onShowFiles}>
            {t("migration.advance.refused")}
          </Button>
        ) : (
          <h2>{t("migration.advance.title")}</h2>
        )}
      </div>
      <div className="grid">
        <div className="flex flex-wrap items-center gap-2 [grid-area:1/1]">
          {placesOf(view).map((which) => (
            <span key={which} data-place={which} className="inline-flex">
              {offered.has(which) ? (
                button(which, which === state.primary && !troubled && !refused)
              ) : (
                <Button icon={ICONS[which]} className="invisible" aria-hidden tabIndex={-1}>
                  {t(`migration.advance.${which}`)}
                </Button>
              )}
            </span>
          ))}
        </div>
        {offered.size === 0 ? <WhyNothing view={view} /> : null}
      </div>
      {view.schedule && view.backupBy === "app" && !view.cutover && view.method === "access_pending" ? (
        <ScheduleLine view={view} />
      ) : null}
      {/* What is said here changes as work goes on: there is room for most of it, so that the button below stays. */}
      <div className="flex min-h-40 flex-col gap-2.5">
        <NeedLine view={view} />
        {act.error ? <ErrorPanel title={t("migration.action_failed")} error={act.error} /> : null}
        {view.conditions.length > 0 && view.phase !== "draft" ? (
          <ConditionList conditions={view.conditions} met={state.met} />
        ) : null}
      </div>
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

/** Every button that this migration may ever have here, in the order in which they stand. */
function placesOf({
  method,
  backupBy,
  cutover,
  advance: { primary, secondary },
}: MigrationView): AdvanceAction[] {
  const leads: AdvanceAction = cutover ? "show_cutover" : "cutover";
  const usual: AdvanceAction[] =
    method !== "access_pending"
      ? []
      : backupBy === "app"
        ? [leads, "take_log", "take_differential", "scan_now"]
        : [leads, "scan_now"];
  return ["show_cutover" as const, ...ADVANCE_ACTIONS].filter(
    (action, index, all) =>
      all.indexOf(action) === index &&
      (usual.includes(action) || action === primary || secondary.includes(action)),
  );
}

/** Why the next thing can't be asked for, where there is nothing to press. */
function WhyNothing({ view }: { view: MigrationView }) {
  const { t } = useT();
  const next = view.backupBy === "app" && !view.cutover ? "take_log" : "cutover";
  const why = view.notAllowed.find(({ action }) => action === next);
  return why ? (
    <p className="self-center text-cap text-fg-2 [grid-area:1/1]">{t(`migration.why_not.${why.reason}`)}</p>
  ) : null;
}

function isSame(a: MigrationAction | undefined, b: MigrationAction | null): boolean {
  return a !== undefined && b !== null && JSON.stringify(a) === JSON.stringify(b);
}
