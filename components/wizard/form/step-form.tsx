"use client";

import clsx from "clsx";
import { useT } from "@/components/locale/i18n-provider";
import type { ProbedStep } from "@/lib/client/draft-queries";
import { isFilesOnly } from "../draft/draft-changes";
import type { StepProps } from "../draft/step-props";
import type { FormPart } from "../field/wizard-field";
import { ProbePanel } from "./probe-panel";
import { partsOf } from "./wizard-fields";

/** One step: what it asks for, and what the world answers to it. */
export function StepForm({ step, ...props }: StepProps & { step: ProbedStep }) {
  const { draft } = props.handle;
  return (
    <>
      {blocksOf(partsOf(step, draft)).map((parts) => (
        <Block key={parts[0].key} parts={parts} {...props} />
      ))}
      {step === "source" && isFilesOnly(draft) ? null : <ProbePanel step={step} handle={props.handle} />}
    </>
  );
}

type Parts = [FormPart, ...FormPart[]];

/** Parts that stand together: those of one group that follow one another. */
function blocksOf(parts: readonly FormPart[]): Parts[] {
  const blocks: Parts[] = [];
  for (const part of parts) {
    const last = blocks.at(-1);
    if (last && part.group && last[0].group === part.group) last.push(part);
    else blocks.push([part]);
  }
  return blocks;
}

function Block({ parts, ...props }: StepProps & { parts: Parts }) {
  const { t } = useT();
  const { group } = parts[0];
  const several = parts.length > 1;
  const controls = (
    <div className={clsx(several && "grid gap-x-4 sm:grid-cols-2")}>
      {parts.map(({ key, Control }) => (
        <Control key={key} {...props} />
      ))}
    </div>
  );
  if (!group?.legend) return controls;
  return (
    <fieldset className="mb-1">
      <legend className="font-medium text-table">{t(group.legend)}</legend>
      {several && group.text ? <p className="mb-2 text-cap text-fg-2">{t(group.text)}</p> : null}
      {controls}
    </fieldset>
  );
}
