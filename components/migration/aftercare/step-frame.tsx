"use client";

import { Circle, CircleCheck, CircleMinus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { TONE_TEXT } from "@/components/ui/tone";
import type { AftercareView } from "@/lib/contracts/aftercare";
import { useAftercare } from "./aftercare-context";

const LOOKS = {
  open: { icon: Circle, tone: "neutral" },
  done: { icon: CircleCheck, tone: "success" },
  skipped: { icon: CircleMinus, tone: "neutral" },
} as const;

interface StepFrameProps {
  step: AftercareView["steps"][number];
  detail: ReactNode;
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}

/** One step: its state in glyph and word, what there is to say, and, opened, what to do and how to settle it. */
export function StepFrame({ step, detail, open, onToggle, children }: StepFrameProps) {
  const { t } = useT();
  const format = useFormat();
  const { icon: Icon, tone } = LOOKS[step.state];
  return (
    <li className="border-t border-border first:border-t-0">
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className="grid w-full grid-cols-[20px_minmax(0,1fr)] gap-x-3 px-4 py-3 text-left hover:bg-surface-2 sm:grid-cols-[20px_minmax(0,1fr)_auto]"
      >
        <Icon size={18} strokeWidth={1.75} aria-hidden className={`mt-0.5 ${TONE_TEXT[tone]}`} />
        <span className="min-w-0">
          <span className="block font-medium">{t(`event.aftercare.${step.step}`)}</span>
          <span className="block text-fg-2 text-table">{step.note === "" ? detail : step.note}</span>
        </span>
        <span className="col-start-2 text-cap text-fg-2 sm:col-start-3 sm:text-right">
          {t(`event.aftercare_state.${step.state}`)}
          {step.by && step.at ? (
            <span className="block">{t("aftercare.by", { by: step.by, at: format.instant(step.at) })}</span>
          ) : null}
        </span>
      </button>
      {open ? (
        <div className="px-4 pb-4 text-table sm:pl-12">
          {children}
          <Settle step={step} />
        </div>
      ) : null}
    </li>
  );
}

function Settle({ step: { step, state } }: { step: AftercareView["steps"][number] }) {
  const { t } = useT();
  const { act, busy } = useAftercare();
  const [note, setNote] = useState("");
  const [asks, setAsks] = useState(false);
  if (state !== "open") {
    return (
      <div className="mt-3">
        <Button size="sm" busy={busy} onClick={() => act({ type: "settle", step, state: "open", note: "" })}>
          {t("aftercare.settle.reopen")}
        </Button>
      </div>
    );
  }
  const skip = () => {
    if (note.trim() === "") setAsks(true);
    else act({ type: "settle", step, state: "skipped", note });
  };
  return (
    <div className="mt-3 flex flex-wrap items-end gap-2">
      <Field
        label={t("aftercare.settle.note")}
        error={asks && note.trim() === "" ? t("aftercare.settle.why") : undefined}
        className="min-w-0 grow sm:max-w-100"
      >
        {(control) => (
          <TextInput
            {...control}
            value={note}
            maxLength={500}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <Button busy={busy} onClick={() => act({ type: "settle", step, state: "done", note })}>
        {t("aftercare.settle.done")}
      </Button>
      <Button variant="ghost" busy={busy} onClick={skip}>
        {t("aftercare.settle.skip")}
      </Button>
    </div>
  );
}
