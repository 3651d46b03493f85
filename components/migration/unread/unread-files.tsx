"use client";

import { type ReactNode, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { BACKUP_KINDS, isBackupKind } from "@/lib/backup/backup-kind";
import type { BackupFileView, MigrationView } from "@/lib/contracts/migration";
import { useAct } from "../act/use-act";

/** Backups that cannot be read here: what SQL Server or msdb said of each, and a person's word on it. */
export function UnreadFiles({ view }: { view: MigrationView }) {
  return view.files
    .filter((file) => file.unread !== null && file.state !== "skipped")
    .map((file) => <UnreadFile key={file.id} view={view} file={file} />);
}

const LSN = /^\d{1,25}$/;
const NOTHING = { type: "full", firstLsn: "", lastLsn: "", checkpointLsn: "" };

/** Of what a person typed: what the action takes, or the fields that are wrong. */
function readStatement({ type, firstLsn, lastLsn, checkpointLsn }: typeof NOTHING) {
  const wrong = {
    firstLsn: LSN.test(firstLsn) ? null : "digits",
    lastLsn: !LSN.test(lastLsn)
      ? "digits"
      : LSN.test(firstLsn) && BigInt(lastLsn) <= BigInt(firstLsn)
        ? "order"
        : null,
    checkpointLsn: checkpointLsn === "" || LSN.test(checkpointLsn) ? null : "digits",
  } as const;
  if (!isBackupKind(type) || Object.values(wrong).some((why) => why !== null)) return { wrong, is: null };
  const checkpoint = type === "full" && checkpointLsn !== "" ? checkpointLsn : null;
  return { wrong, is: { type, firstLsn, lastLsn, checkpointLsn: checkpoint } };
}

function UnreadFile({ view, file }: { view: MigrationView; file: BackupFileView }) {
  const { t } = useT();
  const act = useAct(view.id);
  const [typed, setTyped] = useState(NOTHING);
  const [asked, setAsked] = useState(false);
  const { unread, id: fileId, name } = file;
  if (unread === null) return null;
  const { seal, told } = unread;
  const { wrong, is } = readStatement(typed);
  const state = () => {
    setAsked(true);
    if (told !== null) act.mutate({ type: "state_file", fileId, is: null });
    else if (is !== null) act.mutate({ type: "state_file", fileId, is });
  };
  return (
    <Callout
      tone="warning"
      role="status"
      className="mt-4"
      title={t(`unread.title.${seal}`, { file: name })}
      actions={
        <>
          <Button variant="primary" busy={act.isPending} onClick={state}>
            {t(told === null ? "unread.state" : "unread.allow")}
          </Button>
          <Button busy={act.isPending} onClick={() => act.mutate({ type: "skip_file", fileId })}>
            {t("unread.skip")}
          </Button>
        </>
      }
    >
      <p>{t(seal === "encrypted" ? "unread.why.encrypted" : "unread.why")}</p>
      {told === null ? (
        <>
          <p className="mt-1">{t("unread.ask")}</p>
          <div className="mt-2 grid gap-x-4 sm:grid-cols-2">
            <Field label={t("unread.type")}>
              {(control) => (
                <Select
                  {...control}
                  value={typed.type}
                  onChange={(event) => setTyped({ ...typed, type: event.target.value })}
                >
                  {BACKUP_KINDS.map((kind) => (
                    <option key={kind} value={kind}>
                      {t(`files.backup.${kind}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <LsnField
              label={t("unread.first")}
              value={typed.firstLsn}
              error={asked && wrong.firstLsn ? t(`unread.${wrong.firstLsn}`) : undefined}
              onChange={(firstLsn) => setTyped({ ...typed, firstLsn })}
            />
            <LsnField
              label={t("unread.last")}
              value={typed.lastLsn}
              error={asked && wrong.lastLsn ? t(`unread.${wrong.lastLsn}`) : undefined}
              onChange={(lastLsn) => setTyped({ ...typed, lastLsn })}
            />
            {typed.type === "full" ? (
              <LsnField
                label={t("unread.checkpoint")}
                hint={t("unread.checkpoint.hint")}
                value={typed.checkpointLsn}
                error={asked && wrong.checkpointLsn ? t(`unread.${wrong.checkpointLsn}`) : undefined}
                onChange={(checkpointLsn) => setTyped({ ...typed, checkpointLsn })}
              />
            ) : null}
          </div>
        </>
      ) : (
        <p className="mt-1">
          {t(`unread.told.${told}`, {
            type: t(`files.backup.${file.type ?? "unknown"}`),
            firstLsn: file.firstLsn ?? "?",
            lastLsn: file.lastLsn ?? "?",
          })}
        </p>
      )}
      {act.error ? <ErrorPanel title={t("unread.failed")} error={act.error} className="mt-2" /> : null}
    </Callout>
  );
}

interface LsnFieldProps {
  label: string;
  hint?: string;
  value: string;
  error: ReactNode;
  onChange: (value: string) => void;
}

function LsnField({ label, hint, value, error, onChange }: LsnFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <TextInput
          {...control}
          mono
          inputMode="numeric"
          value={value}
          onChange={(event) => onChange(event.target.value.trim())}
        />
      )}
    </Field>
  );
}
