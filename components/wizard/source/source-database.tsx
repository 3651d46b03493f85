"use client";

import { CircleAlert } from "lucide-react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { SkeletonLines } from "@/components/ui/skeleton";
import { chooseDatabase } from "../draft/draft-changes";
import { useSourceServer } from "../draft/draft-queries";
import type { StepProps } from "../draft/step-props";
import { DatabaseTable } from "./database-table";

/** One of the server's databases. */
export function SourceDatabase({ handle, errorOf }: StepProps) {
  const { t } = useT();
  const { draft, change } = handle;
  const databases = useSourceServer(draft);
  const server = databases.data;
  const error = errorOf("sourceDatabase");
  return (
    <fieldset className="mb-5 min-w-0">
      <legend className="mb-1 font-medium text-table">{t("wizard.source.databases")}</legend>
      {error ? (
        <p className="mb-1 flex gap-1.5 text-cap text-status-danger">
          <CircleAlert size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
          {error}
        </p>
      ) : null}
      {databases.isError ? (
        <ErrorPanel
          title={t("wizard.source.databases.error")}
          error={databases.error}
          onRetry={() => databases.refetch()}
        />
      ) : (
        <div className="panel @container overflow-hidden">
          {server ? (
            <DatabaseTable
              server={server.serverName}
              databases={server.databases}
              chosen={draft.sourceDatabase}
              onChoose={({ name, dataBytes }) =>
                change((before) => chooseDatabase(before, { name, totalBytes: dataBytes }))
              }
            />
          ) : (
            <SkeletonLines lines={4} label={t("shell.loading")} className="p-4" />
          )}
        </div>
      )}
    </fieldset>
  );
}
