"use client";

import clsx from "clsx";
import { useT } from "@/components/locale/i18n-provider";
import { StatusGlyph } from "@/components/status/status-badge";
import { STATUS_TABLE } from "@/components/status/status-table";
import { TONE_TEXT } from "@/components/ui/tone";
import type { RecordTaskView } from "@/lib/contracts/record";
import type { RecordFileView } from "@/lib/contracts/record-file";
import type { Status } from "@/lib/migration/vocabulary/status";
import { fileLook, TASK_LOOK } from "./task-look";

function Word({ look, children }: { look: Status; children: string }) {
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1.5 whitespace-nowrap font-medium text-table",
        TONE_TEXT[STATUS_TABLE[look].tone],
      )}
    >
      <StatusGlyph status={look} size={14} label={false} />
      {children}
    </span>
  );
}

/** A task's state in the console's word. */
export function TaskStatus({ task }: { task: RecordTaskView }) {
  const { t } = useT();
  return (
    <Word look={TASK_LOOK[task.status]}>
      {t(`records.task.status.${task.status}`, { status: task.providerStatus })}
    </Word>
  );
}

/** A file's state in the console's word. */
export function FileStatus({ file }: { file: RecordFileView }) {
  const { tx } = useT();
  return (
    <Word look={fileLook(file.status)}>
      {tx(`records.file.status.${file.status}`, { status: file.providerStatus }, file.providerStatus)}
    </Word>
  );
}
