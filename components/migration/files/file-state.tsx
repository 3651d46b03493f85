"use client";

import clsx from "clsx";
import { useT } from "@/components/locale/i18n-provider";
import { STATUS_TABLE } from "@/components/status/status-table";
import { StatusGlyph } from "@/components/status/status-word";
import { TONE_TEXT } from "@/components/ui/tone";
import type { BackupFileView } from "@/lib/contracts/migration";
import type { Status } from "@/lib/migration/vocabulary/status";

/** A file's state in the one vocabulary of tones and glyphs. */
export const FILE_STATUS: Record<BackupFileView["state"], Status> = {
  written: "queued",
  uploading: "running",
  uploaded: "queued",
  inspected: "queued",
  refused: "refused",
  importing: "waiting_external",
  imported: "succeeded",
  skipped: "skipped",
  failed: "failed",
};

/** Glyph and word of a file's state. */
export function FileState({ file }: { file: BackupFileView }) {
  const { t } = useT();
  const status = FILE_STATUS[file.state];
  return (
    <span
      className={clsx("inline-flex items-center gap-1.5 font-medium", TONE_TEXT[STATUS_TABLE[status].tone])}
    >
      <StatusGlyph status={status} size={14} label={false} />
      {t(`files.state.${file.state}`)}
    </span>
  );
}
