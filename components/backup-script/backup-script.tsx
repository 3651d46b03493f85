"use client";

import { useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyButton } from "@/components/ui/copy-button";
import { Segmented } from "@/components/ui/segmented";
import {
  BACKUP_SCRIPT_TYPES,
  type BackupScriptType,
  buildBackupScript,
} from "@/lib/diagnosis/build-backup-script";

/** A box that scrolls must be reachable by keyboard (WCAG 2.1.1). */
const SCROLLER = { tabIndex: 0 };

/** The T-SQL that takes the next backup, for those who run it in SSMS themselves, filled in for this database. */
export function BackupScript({
  database,
  folder,
  next = "FULL",
  className,
}: {
  database: string | null;
  folder: string;
  next?: BackupScriptType;
  className?: string;
}) {
  const { t } = useT();
  const [type, setType] = useState<BackupScriptType>(next);
  const [run, setRun] = useState(false);
  const build = () => {
    try {
      return buildBackupScript({
        databases: database === null ? [] : [database],
        type,
        folder: folder.trim() === "" ? "D:\\Backup\\" : folder.trim(),
        run,
        say: (key) => t(`script.backup.${key}`),
      });
    } catch {
      // No script can carry such a name.
      return null;
    }
  };
  const script = build();
  if (script === null) return null;
  return (
    <details className={className}>
      <summary className="w-fit text-table">{t("script.title")}</summary>
      <p className="mt-1 text-cap text-fg-2">{t("script.text")}</p>
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segmented
          label={t("script.type")}
          value={type}
          onChange={setType}
          options={BACKUP_SCRIPT_TYPES.map((value) => ({ value, label: t(`script.type.${value}`) }))}
        />
        <Checkbox checked={run} onChange={setRun} label={t("script.run")} />
        <CopyButton text={script} label={t("script.copy")} />
      </div>
      <section
        {...SCROLLER}
        aria-label={t("script.title")}
        className="mt-2 max-h-72 overflow-auto rounded-md border border-border bg-surface-2"
      >
        <pre className="p-3 text-cap">{script}</pre>
      </section>
    </details>
  );
}
