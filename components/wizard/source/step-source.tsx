"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert } from "lucide-react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Checkbox } from "@/components/ui/checkbox";
import { SkeletonLines } from "@/components/ui/skeleton";
import { databasesQuery } from "@/lib/client/catalog-queries";
import { releaseOfVersion } from "@/lib/migration/server-release";
import { chooseDatabase, chooseFilesOnly, chooseSource } from "../draft/draft-changes";
import { fieldId, type StepProps } from "../draft/step-props";
import { ConnectionSelect } from "../fields/connection-select";
import { ProbePanel } from "../probes/probe-panel";
import { DatabaseTable } from "./database-table";

/** 1. Source: the server, the database, and what they answer. */
export function StepSource({ handle, sandbox, errorOf }: StepProps) {
  const { t } = useT();
  const { draft, change } = handle;
  const filesOnly = draft.backupBy === "others" && draft.sourceConnectionId === null;
  const databases = useQuery({
    ...databasesQuery(draft.sourceConnectionId ?? ""),
    enabled: draft.sourceConnectionId !== null,
  });
  const server = databases.data;
  const release = server ? releaseOfVersion(server.productVersion) : null;
  const databaseError = errorOf("sourceDatabase");
  return (
    <>
      <p className="mb-4 text-fg-2">{t("wizard.source.intro")}</p>
      {filesOnly ? null : (
        <ConnectionSelect
          id={fieldId("sourceConnectionId")}
          kind="sql_server"
          label={t("wizard.source.server")}
          placeholder={t("wizard.source.server.placeholder")}
          addLabel={t("wizard.source.server.add")}
          error={errorOf("sourceConnectionId")}
          hint={
            server &&
            t("wizard.source.identity", {
              name: server.serverName,
              version: release
                ? `SQL Server ${release.label} (${server.productVersion})`
                : server.productVersion,
              edition: server.edition,
            })
          }
          value={draft.sourceConnectionId}
          onChange={(connectionId) => change((before) => chooseSource(before, connectionId, sandbox))}
        />
      )}
      {draft.sourceConnectionId === null ? (
        <Checkbox
          className="mb-5"
          checked={filesOnly}
          onChange={(checked) => change((before) => chooseFilesOnly(before, checked))}
          label={t("wizard.source.filesOnly")}
          hint={t("wizard.source.filesOnly.hint")}
        />
      ) : (
        <fieldset className="mb-5 min-w-0">
          <legend className="mb-1 font-medium text-table">{t("wizard.source.databases")}</legend>
          {databaseError ? (
            <p className="mb-1 flex gap-1.5 text-cap text-status-danger">
              <CircleAlert size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
              {databaseError}
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
      )}
      {filesOnly ? null : <ProbePanel step="source" handle={handle} />}
    </>
  );
}
