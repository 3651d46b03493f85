"use client";

import { useT } from "@/components/locale/i18n-provider";
import type { RecordTaskView } from "@/lib/contracts/record";
import { StateWord } from "./state-word";
import { TASK_LOOK } from "./task-look";

/** A task's state in the console's word. */
export function TaskStatus({ task }: { task: RecordTaskView }) {
  const { t } = useT();
  return (
    <StateWord look={TASK_LOOK[task.status]}>
      {t(`records.task.status.${task.status}`, { status: task.providerStatus })}
    </StateWord>
  );
}
