"use client";

import { useT } from "@/components/locale/i18n-provider";
import { releaseOfVersion } from "@/lib/migration/server-release";
import { chooseSource } from "../draft/draft-changes";
import { useSourceServer } from "../draft/draft-queries";
import { fieldId, type StepProps } from "../draft/step-props";
import { ConnectionSelect } from "../field/connection-select";

/** The server that holds the database, with what it says of itself. */
export function SourceConnection({ handle, sandbox, errorOf }: StepProps) {
  const { t } = useT();
  const { draft, change } = handle;
  const server = useSourceServer(draft).data;
  const release = server ? releaseOfVersion(server.productVersion) : null;
  return (
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
          version: release ? `SQL Server ${release.label} (${server.productVersion})` : server.productVersion,
          edition: server.edition,
        })
      }
      value={draft.sourceConnectionId}
      onChange={(connectionId) => change((before) => chooseSource(before, connectionId, sandbox))}
    />
  );
}
