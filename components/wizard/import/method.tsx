"use client";

import { Sparkles } from "lucide-react";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { MIGRATION_METHODS } from "@/lib/migration/vocabulary/method";
import { chooseMethod } from "../draft/draft-changes";
import { useSourceServer } from "../draft/draft-queries";
import { fieldId, type StepProps } from "../draft/step-props";
import { type MethodRecommendation, recommendMethod } from "./recommend-method";

/** Of who chooses Immediate Access. */
const WritesStopped = latePiece({
  texts: ["immediate"],
  load: async () => (await import("./writes-stopped")).WritesStopped,
});

/** The guide's two questions and the method they lead to. The choice stays the person's. */
export function Method({ handle }: StepProps) {
  const { t } = useT();
  const format = useFormat();
  const { draft, change } = handle;
  const databases = useSourceServer(draft);
  const size = databases.data?.databases.find(({ name }) => name === draft.sourceDatabase)?.dataBytes ?? null;
  const recommended = recommendMethod(draft);
  return (
    <>
      <ChoiceCards
        id={fieldId("method")}
        className="mb-5"
        legend={t("field.method")}
        columns={2}
        value={draft.method}
        onChange={(method) => change((before) => chooseMethod(before, method))}
        choices={MIGRATION_METHODS.map((method) => ({
          value: method,
          title: t(`field.method.${method}`),
          text: (
            <>
              {t(`wizard.import.method.${method}.text`)}
              <span className="mt-1.5 block text-fg">{t(`wizard.import.method.${method}.downtime`)}</span>
              {recommended.method === method ? <Recommended because={recommended.because} /> : null}
            </>
          ),
        }))}
      >
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
      </ChoiceCards>
      {draft.method === "immediate" ? <WritesStopped draft={draft} change={change} /> : null}
    </>
  );
}

function Recommended({ because }: Pick<MethodRecommendation, "because">) {
  const { t } = useT();
  return (
    <span className="mt-1.5 flex gap-1.5 text-fg">
      <Sparkles size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none text-accent" />
      <span>
        <b>{t("wizard.import.recommended")}</b> {t(`wizard.method.because.${because}`)}
      </span>
    </span>
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
