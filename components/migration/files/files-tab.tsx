"use client";

import { FileArchive } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import type { MigrationView } from "@/lib/contracts/migration";
import { UploadControlBar } from "../uploads/upload-control-bar";
import { FileVerdictNote } from "./file-verdict-note";
import { FilesTable } from "./files-table";

/** Every file, from the disk of the source to its state at RDS. */
export function FilesTab({ view }: { view: MigrationView }) {
  const { t } = useT();
  const refused = view.files.filter((file) => file.state === "refused");
  return (
    <div className="space-y-4">
      {refused.map((file) => (
        <FileVerdictNote key={file.id} view={view} file={file} />
      ))}
      <UploadControlBar view={view} />
      <Panel title={t("files.title")} note={t("migrations.files_imported", { count: view.filesImported })}>
        {view.files.length === 0 ? (
          <EmptyState icon={FileArchive} title={t("files.empty")}>
            {t("files.empty_text")}
          </EmptyState>
        ) : (
          <FilesTable files={view.files} />
        )}
      </Panel>
    </div>
  );
}
