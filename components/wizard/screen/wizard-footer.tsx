"use client";

import { ArrowLeft, CircleX, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { stepAfter, type WizardStep } from "../draft/wizard-url";
import type { WizardBlocker } from "./use-blockers";

interface WizardFooterProps {
  step: WizardStep;
  blockers: readonly WizardBlocker[] | null;
  /** Rises with every press of Next that found blockers: then the first takes focus. */
  attempt: number;
  busy: boolean;
  onBack: (() => void) | null;
  onSave: () => void;
  onNext: () => void;
  onGoTo: (blocker: WizardBlocker) => void;
  onDismiss: () => void;
}

/** Back · Save draft · Next. Next is never dead: pressed too early it lists what is missing and leads there. */
export function WizardFooter(props: WizardFooterProps) {
  const { step, blockers, attempt, busy, onBack, onSave, onNext } = props;
  const { t } = useT();
  const after = stepAfter(step);
  return (
    <div className="sticky bottom-0 z-15 -mx-6 mt-auto border-t border-border-strong bg-surface px-6 max-sm:-mx-4 max-sm:px-4 print:hidden">
      {blockers && blockers.length > 0 ? <Blockers {...props} blockers={blockers} key={attempt} /> : null}
      <div className="flex flex-wrap items-center gap-2 py-2.5">
        {onBack ? (
          <Button icon={ArrowLeft} onClick={onBack}>
            {t("wizard.back")}
          </Button>
        ) : null}
        <Button variant="ghost" onClick={onSave}>
          {t("wizard.saveDraft")}
        </Button>
        <Button variant="primary" busy={busy} onClick={onNext} className="ml-auto">
          {after
            ? busy
              ? t("wizard.checking")
              : t("wizard.nextTo", { step: t(`wizard.step.${after}`) })
            : busy
              ? t("wizard.starting")
              : t("wizard.start")}
        </Button>
      </div>
    </div>
  );
}

function Blockers({
  step,
  blockers,
  onGoTo,
  onDismiss,
}: WizardFooterProps & { blockers: readonly WizardBlocker[] }) {
  const { t } = useT();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const count = blockers.length;
  return (
    <section aria-labelledby="wizard-blockers" className="border-b border-border py-2.5">
      <div className="flex items-start gap-2">
        <CircleX size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none text-status-danger" />
        <div role="alert" className="flex-1">
          <h2 id="wizard-blockers" className="font-semibold text-table">
            {step === "review"
              ? t("wizard.blockers.beforeStart", { count })
              : t("wizard.blockers.before", { count })}
          </h2>
        </div>
        <IconButton size="sm" icon={X} label={t("wizard.blockers.close")} onClick={onDismiss} />
      </div>
      <ol className="mt-1 max-h-40 overflow-y-auto pl-6">
        {blockers.map((blocker, index) => (
          <li
            key={`${blocker.target}-${blocker.text}`}
            className="flex flex-wrap items-center gap-x-2 py-0.5"
          >
            <button
              type="button"
              ref={index === 0 ? first : null}
              onClick={() => onGoTo(blocker)}
              className="link min-h-6 text-left text-table"
            >
              {blocker.text}
            </button>
            <Tag>{t("wizard.blockers.fix")}</Tag>
          </li>
        ))}
      </ol>
    </section>
  );
}
