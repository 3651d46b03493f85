"use client";

import { useQuery } from "@tanstack/react-query";
import { Sparkles } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { RadioCard } from "@/components/ui/radio-card";
import { databasesQuery } from "@/lib/client/catalog-queries";
import { chooseMethod } from "../draft/draft-changes";
import { fieldId, type StepProps } from "../draft/step-props";
import { recommendMethod } from "./recommend-method";

const METHODS = ["access_pending", "immediate"] as const;
const CHECK_MODES = ["async", "sync"] as const;

/** The guide's two questions, the method they lead to, and the consistency check. The choice stays the person's. */
export function MethodFields({ handle }: StepProps) {
  const { t } = useT();
  const format = useFormat();
  const { draft, change } = handle;
  const databases = useQuery({
    ...databasesQuery(draft.sourceConnectionId ?? ""),
    enabled: draft.sourceConnectionId !== null,
  });
  const size = databases.data?.databases.find(({ name }) => name === draft.sourceDatabase)?.dataBytes ?? null;
  const recommended = recommendMethod(draft);
  return (
    <>
      <fieldset id={fieldId("method")} tabIndex={-1} className="mb-5">
        <legend className="mb-1 font-medium text-table">{t("wizard.import.method")}</legend>
        <div className="mb-3 rounded-md border border-border bg-surface px-3.5 py-2.5">
          <p className="text-cap text-fg-2">{t("wizard.import.method.questions")}</p>
          <YesNo
            name="wizard-under-hundred"
            question={t("wizard.import.question.size")}
            note={
              size === null || draft.sourceDatabase === null
                ? ""
                : t("wizard.import.question.size.known", {
                    name: draft.sourceDatabase,
                    size: format.bytes(size),
                  })
            }
            answer={draft.underHundredGb}
            onAnswer={(underHundredGb) => change((before) => ({ ...before, underHundredGb }))}
          />
          <YesNo
            name="wizard-downtime"
            question={t("wizard.import.question.downtime")}
            note=""
            answer={draft.downtimeAccepted}
            onAnswer={(downtimeAccepted) => change((before) => ({ ...before, downtimeAccepted }))}
          />
        </div>
        <div className="grid gap-3 sm:grid-cols-2">
          {METHODS.map((method) => (
            <RadioCard
              key={method}
              name="wizard-method"
              value={method}
              checked={draft.method === method}
              onSelect={() => change((before) => chooseMethod(before, method))}
              title={t(`wizard.import.method.${method}`)}
            >
              {t(`wizard.import.method.${method}.text`)}
              <span className="mt-1.5 block text-fg">{t(`wizard.import.method.${method}.downtime`)}</span>
              {recommended.method === method ? (
                <span className="mt-1.5 flex gap-1.5 text-fg">
                  <Sparkles
                    size={14}
                    strokeWidth={1.75}
                    aria-hidden
                    className="mt-0.5 flex-none text-accent"
                  />
                  <span>
                    <b>{t("wizard.import.recommended")}</b>{" "}
                    {t(`wizard.method.because.${recommended.because}`)}
                  </span>
                </span>
              ) : null}
            </RadioCard>
          ))}
        </div>
      </fieldset>
      <fieldset className="mb-5">
        <legend className="mb-1 font-medium text-table">{t("wizard.import.check")}</legend>
        <div className="grid gap-3 sm:grid-cols-2">
          {CHECK_MODES.map((mode) => (
            <RadioCard
              key={mode}
              name="wizard-check-mode"
              value={mode}
              checked={draft.checkMode === mode}
              onSelect={() => change((before) => ({ ...before, checkMode: mode }))}
              title={t(`wizard.import.check.${mode}`)}
            >
              {t(`wizard.import.check.${mode}.text`)}
            </RadioCard>
          ))}
        </div>
      </fieldset>
    </>
  );
}

function YesNo({
  name,
  question,
  note,
  answer,
  onAnswer,
}: {
  name: string;
  question: string;
  note: string;
  answer: boolean | null;
  onAnswer: (answer: boolean) => void;
}) {
  const { t } = useT();
  return (
    <fieldset className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-table">
      <legend className="float-left contents">
        <span className="min-w-0 flex-[1_1_260px]">
          {question}
          {note ? <span className="ml-1.5 text-cap text-fg-2">{note}</span> : null}
        </span>
      </legend>
      <div className="flex flex-none gap-x-4">
        {([true, false] as const).map((value) => (
          <label key={String(value)} className="flex min-h-6 items-center gap-1.5">
            <input
              type="radio"
              name={name}
              checked={answer === value}
              onChange={() => onAnswer(value)}
              className="size-4 accent-accent-solid"
            />
            {value ? t("wizard.import.yes") : t("wizard.import.no")}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
