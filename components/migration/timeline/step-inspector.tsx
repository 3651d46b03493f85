"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { FailureNote } from "@/components/failure/failure-note";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import type { StepGroup } from "@/components/migration/timeline/join-groups";
import { StatusBadge } from "@/components/status/status-badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { EventView } from "@/lib/contracts/event";
import type { MigrationView, StepView } from "@/lib/contracts/migration";
import { useAct } from "../act/use-act";
import { eventText } from "../events/event-text";
import { FileVerdictNote } from "../files/file-verdict-note";
import { groupTitle } from "./group-title";
import { RetryButton } from "./retry-button";
import { StepFacts } from "./step-facts";
import { StepProgress } from "./step-progress";

const ResolveDialog = latePiece({
  texts: ["migration"],
  load: async () => (await import("./resolve-dialog")).ResolveDialog,
});

interface StepInspectorProps {
  view: MigrationView;
  group: StepGroup;
  step: StepView;
  events: readonly EventView[];
  onClose: () => void;
}

/** Everything about the chosen step: progress, why it stopped and what may be done, facts, its file's events. */
export function StepInspector({ view, group, step, events, onClose }: StepInspectorProps) {
  const { t, tx } = useT();
  const act = useAct(view.id);
  const [resolving, setResolving] = useState(false);
  const file = group.file;
  const title = groupTitle(group, tx);
  const kind = t(`timeline.kind.${step.kind}`);
  const own = events.filter((event) => file !== null && event.payload.file === file.name).slice(-8);
  const held = file?.state === "refused" && step.status === "refused";
  return (
    <section aria-label={t("timeline.inspector.label")} className="panel lg:sticky lg:top-16">
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-border px-4 py-2">
        <h2 className="min-w-0 flex-1 font-semibold text-base">
          {title === kind ? title : t("timeline.step_of", { group: title, step: kind })}
        </h2>
        <StatusBadge status={step.status} />
        <IconButton icon={X} size="sm" label={t("timeline.inspector.close")} onClick={onClose} />
      </div>
      <div className="space-y-3.5 px-4 py-3.5">
        <StepProgress step={step} paused={step.kind === "upload" && view.uploadControl.paused} />
        {step.status === "unknown" ? (
          <div className="space-y-2.5">
            <p className="text-table">{t("migration.unknown.text")}</p>
            <Button variant="primary" onClick={() => setResolving(true)}>
              {t("timeline.inspector.resolve")}
            </Button>
          </div>
        ) : null}
        {held && file ? <FileVerdictNote view={view} file={file} /> : null}
        {step.failure && !held && step.status !== "succeeded" && step.status !== "skipped" ? (
          <div className="rounded-md border border-l-3 border-status-danger-line border-l-status-danger px-3 py-2.5">
            <h3 className="mb-1 text-cap text-status-danger">
              {t(step.status === "failed" ? "timeline.inspector.failure" : "timeline.inspector.last_failure")}
            </h3>
            <FailureNote failure={step.failure} />
          </div>
        ) : null}
        <RetryButton act={act} step={step} />
        {act.error ? <ErrorPanel title={t("migration.action_failed")} error={act.error} /> : null}
        <StepFacts step={step} file={file} view={view} />
        {own.length > 0 ? (
          <div className="border-t border-border pt-3">
            <h3 className="mb-1 text-table">{t("timeline.inspector.events")}</h3>
            <ol className="space-y-0.5 text-cap text-fg-2">
              {own.map((event) => (
                <li key={event.seq} className="grid grid-cols-[60px_minmax(0,1fr)] gap-2">
                  <span className="text-fg-3">
                    <Timestamp at={event.at} style="seconds" />
                  </span>
                  <span className="wrap-anywhere">{eventText(event, { t, tx })}</span>
                </li>
              ))}
            </ol>
          </div>
        ) : null}
      </div>
      {resolving ? <ResolveDialog view={view} step={step} onClose={() => setResolving(false)} /> : null}
    </section>
  );
}
