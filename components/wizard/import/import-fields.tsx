"use client";

import { CheckModeChoice } from "@/components/check-mode/check-mode-choice";
import { Mono } from "@/components/ui/mono";
import type { StepProps } from "../draft/step-props";
import type { FieldGroup, FormPart, WizardField } from "../field/wizard-field";
import { BucketNote } from "./bucket-note";
import { FirstFile } from "./first-file";
import { Instance } from "./instance";
import { Method } from "./method";
import { Rounds, roundsText } from "./rounds";
import { TargetName } from "./target-name";

const TARGET: FieldGroup = {};

function CheckMode({ handle: { draft, change } }: StepProps) {
  return (
    <CheckModeChoice
      className="mb-5"
      value={draft.checkMode}
      onChange={(checkMode) => change((before) => ({ ...before, checkMode }))}
    />
  );
}

/** 3. Import Data: instance, name, OSS file, method, check, rounds. */
export const IMPORT_FIELDS: readonly (FormPart | WizardField)[] = [
  {
    key: "instanceId",
    group: TARGET,
    Control: Instance,
    review: ({ draft: { instanceId }, facts: { instance } }) =>
      instanceId && (
        <>
          {instance?.description && instance.description !== instanceId ? `${instance.description} ` : null}
          <Mono>{instanceId}</Mono>
        </>
      ),
    probedBy: ["source", "backup", "import"],
  },
  {
    key: "targetDatabase",
    group: TARGET,
    Control: TargetName,
    review: ({ draft }) => draft.targetDatabase,
    probedBy: ["import"],
  },
  { key: "bucketNote", Control: BucketNote },
  {
    key: "firstObjectKey",
    Control: FirstFile,
    review: ({ draft, t }) =>
      draft.firstObjectKey ? <Mono>{draft.firstObjectKey}</Mono> : t("wizard.import.file.first"),
    probedBy: ["import"],
  },
  {
    key: "method",
    Control: Method,
    review: ({ draft, t }) => t(`field.method.${draft.method}`),
    probedBy: ["source"],
  },
  {
    key: "checkMode",
    Control: CheckMode,
    review: ({ draft, t }) => t(`check.${draft.checkMode}`),
    probedBy: [],
  },
  {
    key: "schedule",
    applies: (draft) => draft.method === "access_pending",
    Control: Rounds,
    review: roundsText,
    probedBy: [],
  },
];
