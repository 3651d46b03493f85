"use client";

import { useQuery } from "@tanstack/react-query";
import { BackupScript } from "@/components/backup-script/backup-script";
import { useT } from "@/components/locale/i18n-provider";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { databasesQuery } from "@/lib/client/catalog-queries";
import { chooseTaker, chooseWay } from "../draft/draft-changes";
import { fieldId, type StepProps } from "../draft/step-props";
import { ProbePanel } from "../probes/probe-panel";
import { CloudPlace } from "./cloud-place";

/** 2. Backup and upload: who takes backups, how files reach OSS, and where they lie there. */
export function StepBackup(props: StepProps) {
  const { handle } = props;
  const { t } = useT();
  const { draft, change } = handle;
  const { transport, backupBy } = draft;
  return (
    <>
      <ChoiceCards
        className="mb-5"
        legend={t("wizard.backup.by")}
        columns={2}
        value={backupBy}
        onChange={(choice) => change((before) => chooseTaker(before, choice))}
        choices={(["app", "others"] as const).map((choice) => ({
          value: choice,
          title: t(`wizard.backup.by.${choice}`),
          text: t(`wizard.backup.by.${choice}.text`),
        }))}
      />
      <ChoiceCards
        className="mb-5"
        legend={t("wizard.backup.transport")}
        columns={3}
        value={transport}
        onChange={(choice) => change((before) => chooseWay(before, choice))}
        choices={(["shared_folder", "browser", "bucket_watch"] as const).map((choice) => ({
          value: choice,
          title: t(`wizard.backup.transport.${choice}`),
          text: t(`wizard.backup.transport.${choice}.text`),
        }))}
      />
      <FolderMapping {...props} />
      {backupBy === "others" ? (
        <BackupScript database={draft.sourceDatabase} folder={draft.sourceFolder} className="mb-5" />
      ) : null}
      <CloudPlace {...props} />
      <ProbePanel step="backup" handle={handle} />
    </>
  );
}

/** The backup folder's two names. Only those that the chosen way needs are asked for. */
function FolderMapping({ handle, sandbox, errorOf }: StepProps) {
  const { t } = useT();
  const { draft, change } = handle;
  const asksSource = draft.backupBy === "app";
  const asksLocal = draft.transport === "shared_folder";
  const source = useQuery({
    ...databasesQuery(draft.sourceConnectionId ?? ""),
    enabled: draft.sourceConnectionId !== null,
  });
  if (!asksSource && !asksLocal) return null;
  const isSandbox = sandbox !== null && draft.sourceConnectionId === sandbox.sourceConnectionId;
  const defaultPath = isSandbox ? sandbox.sourceFolder : (source.data?.defaultBackupPath ?? null);
  return (
    <fieldset className="mb-1">
      <legend className="font-medium text-table">{t("wizard.backup.folders")}</legend>
      {asksSource && asksLocal ? (
        <p className="mb-2 text-cap text-fg-2">{t("wizard.backup.folders.text")}</p>
      ) : null}
      <div className={asksSource && asksLocal ? "grid gap-x-4 sm:grid-cols-2" : ""}>
        {asksSource ? (
          <Field
            id={fieldId("sourceFolder")}
            label={t("wizard.backup.sourceFolder")}
            error={errorOf("sourceFolder")}
            hint={
              <>
                {t("wizard.backup.sourceFolder.help")}
                {defaultPath && draft.sourceFolder !== defaultPath ? (
                  <button
                    type="button"
                    className="link mt-0.5 block min-h-6 text-left wrap-anywhere"
                    onClick={() => change((before) => ({ ...before, sourceFolder: defaultPath }))}
                  >
                    {t("wizard.backup.sourceFolder.default", { path: defaultPath })}
                  </button>
                ) : null}
              </>
            }
          >
            {(control) => (
              <TextInput
                {...control}
                mono
                maxLength={200}
                value={draft.sourceFolder}
                onChange={(event) => change((before) => ({ ...before, sourceFolder: event.target.value }))}
              />
            )}
          </Field>
        ) : null}
        {asksLocal ? (
          <Field
            id={fieldId("localFolder")}
            label={t("wizard.backup.localFolder")}
            error={errorOf("localFolder")}
            hint={
              <>
                {t("wizard.backup.localFolder.help")}
                {isSandbox && draft.localFolder !== sandbox.localFolder ? (
                  <button
                    type="button"
                    className="link mt-0.5 block min-h-6 text-left"
                    onClick={() => change((before) => ({ ...before, localFolder: sandbox.localFolder }))}
                  >
                    {t("wizard.backup.sandboxFolder")}
                  </button>
                ) : null}
              </>
            }
          >
            {(control) => (
              <TextInput
                {...control}
                mono
                maxLength={500}
                value={draft.localFolder}
                onChange={(event) => change((before) => ({ ...before, localFolder: event.target.value }))}
              />
            )}
          </Field>
        ) : null}
      </div>
    </fieldset>
  );
}
