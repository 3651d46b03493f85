"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Link } from "@/components/ui/link";
import { systemQuery } from "@/lib/client/system-queries";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { useDraft } from "../draft/use-draft";
import { useDraftFacts } from "../draft/use-draft-facts";
import { stepBefore, WIZARD_STEPS, type WizardStep } from "../draft/wizard-url";
import { StepForm } from "../form/step-form";
import { Consequences } from "../import/consequences";
import { StepReview } from "../review/step-review";
import { SaveNote } from "./save-note";
import { useAdvance } from "./use-advance";
import { useOpenSteps, type WizardBlocker } from "./use-blockers";
import { WizardFooter } from "./wizard-footer";
import { useStepSummary, WizardRail } from "./wizard-rail";

interface WizardProps {
  initial: { id: string | null; draft: MigrationDraft };
  step: WizardStep;
  onStep: (step: WizardStep) => void;
  onCreated: (id: string) => void;
}

/** The Import Guide: rail, the step's form, what follows from it, and the one footer. */
export function Wizard({ initial, step, onStep, onCreated }: WizardProps) {
  const { t } = useT();
  const handle = useDraft(initial, onCreated);
  const { draft, change } = handle;
  const sandbox = useQuery(systemQuery()).data?.sandbox ?? null;
  const facts = useDraftFacts(draft);
  const summaryOf = useStepSummary(draft, facts);
  const openSteps = useOpenSteps(handle, step);
  const [furthest, setFurthest] = useState(() => WIZARD_STEPS.indexOf(initial.draft.step));
  const advance = useAdvance(handle, step, go);
  const heading = useRef<HTMLHeadingElement>(null);
  const pendingFocus = useRef<string | null>(null);

  function go(next: WizardStep) {
    setFurthest((before) => Math.max(before, WIZARD_STEPS.indexOf(next), WIZARD_STEPS.indexOf(step)));
    change((before) => (before.step === next ? before : { ...before, step: next }));
    onStep(next);
  }

  // A new step begins at its heading; a blocker of another step leads to its field there.
  const shownStep = useRef(step);
  useEffect(() => {
    if (shownStep.current === step) return;
    shownStep.current = step;
    const target = pendingFocus.current;
    pendingFocus.current = null;
    if (target && focusOn(target)) return;
    window.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  }, [step]);

  const goTo = (blocker: WizardBlocker) => {
    if (blocker.step === step) {
      focusOn(blocker.target);
      return;
    }
    pendingFocus.current = blocker.target;
    go(blocker.step);
  };

  const errorOf = (field: string) =>
    advance.blockers?.find((blocker) => blocker.step === step && blocker.field === field)?.text;
  const before = stepBefore(step);
  return (
    <div className="page flex min-h-[calc(100dvh-3rem)] flex-col pb-0!">
      <nav aria-label={t("shell.breadcrumb")} className="mb-2 flex items-center gap-1.5 text-cap text-fg-2">
        <Link href="/" className="link">
          {t("shell.migrations")}
        </Link>
        <ChevronRight size={14} strokeWidth={1.75} aria-hidden className="text-fg-3" />
        <span>{t("wizard.title")}</span>
      </nav>
      <h1 className="mb-4">
        {t("wizard.title")} <span className="font-normal text-fg-3">{t("wizard.subtitle")}</span>
      </h1>
      <div className="grid items-start gap-6 pb-6 lg:grid-cols-[248px_minmax(0,800px)] xl:grid-cols-[248px_minmax(0,800px)_minmax(180px,1fr)]">
        <div className="lg:sticky lg:top-16">
          <WizardRail
            current={step}
            visited={(each) => WIZARD_STEPS.indexOf(each) < furthest}
            missing={(each) => each !== "review" && openSteps.has(each)}
            summaryOf={summaryOf}
            onGo={go}
          />
          <p className="px-3 py-2 text-cap text-fg-2" aria-live="off">
            <SaveNote state={handle.saveState} onRetry={() => handle.saveNow().catch(() => {})} />
          </p>
          <div className="hidden px-3 pt-3 lg:block xl:hidden">
            <Consequences draft={draft} />
          </div>
        </div>
        <form noValidate onSubmit={(event) => event.preventDefault()} className="min-w-0">
          <h2 ref={heading} tabIndex={-1} className="mb-3 outline-none">
            {t(`wizard.step.${step}`)}
          </h2>
          {step === "review" ? (
            <StepReview handle={handle} facts={facts} onEdit={go} />
          ) : (
            <StepForm key={step} step={step} handle={handle} sandbox={sandbox} errorOf={errorOf} onGo={go} />
          )}
          {advance.error ? (
            <ErrorPanel title={t("wizard.blocker.unsaved")} error={advance.error} className="mt-4" />
          ) : null}
        </form>
        <div className="hidden xl:block">
          <Consequences draft={draft} />
        </div>
      </div>
      <WizardFooter
        step={step}
        blockers={advance.blockers}
        attempt={advance.attempt}
        busy={advance.busy}
        onBack={before ? () => go(before) : null}
        onSave={advance.save}
        onNext={advance.next}
        onGoTo={goTo}
        onDismiss={advance.dismiss}
      />
    </div>
  );
}

/** Moves to an element by its id; false when the step does not show it. */
function focusOn(id: string): boolean {
  const element = document.getElementById(id);
  if (!element) return false;
  element.scrollIntoView({ block: "center" });
  element.focus({ preventScroll: true });
  return true;
}
