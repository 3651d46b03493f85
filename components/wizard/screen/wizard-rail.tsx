"use client";

import clsx from "clsx";
import { Circle, CircleAlert, CircleCheck, CircleDot, type LucideIcon } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import type { MigrationDraft } from "@/lib/contracts/migration";
import type { DraftFacts } from "../draft/use-draft-facts";
import { WIZARD_STEPS, type WizardStep } from "../draft/wizard-url";

interface WizardRailProps {
  current: WizardStep;
  /** Steps that were passed, with or without something missing. */
  visited: (step: WizardStep) => boolean;
  missing: (step: WizardStep) => boolean;
  summaryOf: (step: WizardStep) => string;
  onGo: (step: WizardStep) => void;
}

interface Look {
  glyph: LucideIcon;
  className: string;
  label: "done" | "current" | "todo" | "missing";
}

function lookOf(step: WizardStep, { current, visited, missing }: WizardRailProps): Look {
  if (step === current) return { glyph: Circle, className: "text-status-info", label: "current" };
  if (!visited(step)) return { glyph: CircleDot, className: "text-fg-3", label: "todo" };
  return missing(step)
    ? { glyph: CircleAlert, className: "text-status-warning", label: "missing" }
    : { glyph: CircleCheck, className: "text-status-success", label: "done" };
}

/** The steps with what was chosen in each; any of them may be gone to. */
export function WizardRail(props: WizardRailProps) {
  const { t } = useT();
  return (
    <ol aria-label={t("wizard.steps")} className="grid gap-1 max-lg:grid-cols-4 max-sm:grid-cols-1">
      {WIZARD_STEPS.map((step) => {
        const { glyph: Glyph, className, label } = lookOf(step, props);
        const current = step === props.current;
        return (
          <li key={step} className="min-w-0">
            <button
              type="button"
              aria-current={current ? "step" : undefined}
              onClick={() => props.onGo(step)}
              className={clsx(
                "grid w-full grid-cols-[18px_minmax(0,1fr)] gap-x-2.5 rounded-md border px-3 py-2 text-left text-table",
                current
                  ? "border-border bg-surface text-fg shadow-[inset_2px_0_0_var(--accent)]"
                  : "border-transparent text-fg-2 hover:bg-surface-2 hover:text-fg",
              )}
            >
              <Glyph
                size={16}
                strokeWidth={1.75}
                role="img"
                aria-label={t(`wizard.rail.${label}`)}
                className={clsx("mt-0.5", className)}
              />
              <span className="font-medium">{t(`wizard.step.${step}`)}</span>
              <span className="col-start-2 text-cap text-fg-2 wrap-anywhere max-lg:line-clamp-2 max-sm:hidden">
                {props.summaryOf(step)}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

/** One line a step: what was chosen, else what the step is about. */
export function useStepSummary(draft: MigrationDraft, facts: DraftFacts): (step: WizardStep) => string {
  const { t } = useT();
  const format = useFormat();
  return (step) => {
    switch (step) {
      case "source": {
        if (draft.sourceDatabase === null) return t("wizard.summary.source");
        const size = facts.database?.dataBytes ?? null;
        return [facts.sourceName, draft.sourceDatabase, size === null ? null : format.bytes(size)]
          .filter((part) => part !== null)
          .join(", ");
      }
      case "backup": {
        if (facts.place === "") return t("wizard.summary.backup");
        const { place } = facts;
        const folder = draft.sourceFolder || draft.localFolder;
        if (draft.transport === "shared_folder") return t("wizard.summary.sharedFolder", { folder, place });
        return t(`wizard.summary.${draft.transport === "browser" ? "browser" : "bucketWatch"}`, { place });
      }
      case "import":
        return draft.instanceId === null
          ? t("wizard.summary.import")
          : [
              facts.instance?.description || draft.instanceId,
              draft.targetDatabase,
              t(`field.method.${draft.method}`),
            ]
              .filter((part) => part !== "")
              .join(", ");
      case "review":
        return t("wizard.summary.review");
    }
  };
}
