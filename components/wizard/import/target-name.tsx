"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { useTargetInstance } from "../draft/draft-queries";
import type { StepProps } from "../draft/step-props";
import { TextControl } from "../field/text-control";

/** The database's name on RDS, and whether it is free there. */
export function TargetName(props: StepProps) {
  const { t } = useT();
  return (
    <TextControl
      {...props}
      field="targetDatabase"
      hint={t("wizard.import.database.help")}
      after={<NameState {...props} />}
    />
  );
}

/** Free or taken, as far as the instance's own list goes; the probe asks again before anything starts. */
function NameState({ handle: { draft } }: StepProps) {
  const { t } = useT();
  const { data: instance } = useTargetInstance(draft);
  const wanted = draft.targetDatabase.trim().toLowerCase();
  if (!instance || wanted === "") return null;
  const taken = instance.databases.find((database) => database.name.toLowerCase() === wanted);
  return taken ? (
    <span
      title={t("wizard.import.database.taken", { name: taken.name })}
      className="flex items-center gap-1 whitespace-nowrap text-cap text-status-danger"
    >
      <CircleX size={14} strokeWidth={1.75} aria-hidden />
      {t("wizard.import.database.takenShort")}
    </span>
  ) : (
    <span className="flex items-center gap-1 whitespace-nowrap text-cap text-status-success">
      <CircleCheck size={14} strokeWidth={1.75} aria-hidden />
      {t("wizard.import.database.free")}
    </span>
  );
}
