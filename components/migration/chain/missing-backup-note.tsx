"use client";

import type { ReactNode } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { GapActions } from "@/components/migration/act/gap-actions";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { Copyable } from "@/components/ui/mono";
import type { MigrationView } from "@/lib/contracts/migration";
import type { MissingBackupView } from "@/lib/contracts/missing-backup";
import { formatOffset, formatSourceTime } from "@/lib/format/format-instant";
import { FoundBackupItem } from "./found-backup-item";

interface MissingBackupNoteProps {
  view: MigrationView;
  missing: MissingBackupView;
  /** A refused file is alarming; the next one that has not come yet is not. */
  tone: "danger" | "warning";
}

/** Which file to fetch: its path first, then who took it and what it covers; or what to look for when nobody knows. */
export function MissingBackupNote({ view, missing, tone }: MissingBackupNoteProps) {
  const { t } = useT();
  const { wanted, backups, history, sourceFolder } = missing;
  if (!wanted) return null;
  const fetch = backups.filter(({ use }) => use === "fetch");
  const gone = backups.filter(({ use }) => use === "gone");
  const bridge = backups.find(({ use }) => use === "bridge");
  const offsetMinutes = wanted.utcOffsetMinutes;
  const refused = view.files.find((file) => file.state === "refused") ?? null;
  const title =
    fetch.length > 0
      ? t("chain.fetch.title", { count: fetch.length })
      : t(wanted.kind === "full" ? "chain.fetch.unknown_full" : "chain.fetch.unknown_log");
  return (
    <Callout tone={tone} title={title} actions={<GapActions view={view} refused={refused} />}>
      {fetch.length > 0 ? (
        <ol className="mt-1 space-y-3">
          {fetch.slice(0, SHOWN).map((backup) => (
            <li key={`${backup.backupSetGuid}${backup.firstLsn}`}>
              <FoundBackupItem backup={backup} sourceFolder={sourceFolder} offsetMinutes={offsetMinutes} />
            </li>
          ))}
        </ol>
      ) : (
        <LookFor missing={missing} />
      )}
      {fetch.length > SHOWN ? (
        <p className="mt-2">{t("chain.fetch.more", { count: fetch.length - SHOWN })}</p>
      ) : null}
      {fetch.length > 0 && history === "part" ? (
        <p className="mt-2 text-status-danger">{t("chain.fetch.part")}</p>
      ) : null}
      {gone.length > 0 ? (
        <div className="mt-2 border-t border-border pt-2">
          <p className="font-medium text-fg">{t("chain.fetch.no_file", { count: gone.length })}</p>
          {gone.slice(0, SHOWN).map((backup) => (
            <FoundBackupItem
              key={`${backup.backupSetGuid}${backup.firstLsn}`}
              backup={backup}
              sourceFolder={sourceFolder}
              offsetMinutes={offsetMinutes}
            />
          ))}
        </div>
      ) : null}
      {bridge ? (
        <div className="mt-2 border-t border-border pt-2">
          <p className="font-medium text-fg">{t("chain.fetch.bridge")}</p>
          <FoundBackupItem backup={bridge} sourceFolder={sourceFolder} offsetMinutes={offsetMinutes} />
        </div>
      ) : null}
      {wanted.blockedFile ? (
        <p className="mt-2">{t("chain.fetch.blocked", { file: wanted.blockedFile })}</p>
      ) : null}
      {history === "unknown" ? <HowToFind missing={missing} /> : null}
    </Callout>
  );
}

/** So many files at once are fetched from a list; the table of the source has the rest. */
const SHOWN = 5;

/** LSN range and time window of a file that nobody can name. */
function LookFor({ missing }: { missing: MissingBackupView }) {
  const { t } = useT();
  const { wanted } = missing;
  if (!wanted) return null;
  const { fromLsn, toLsn, afterLocal, beforeLocal, utcOffsetMinutes, baseGuid, baseLsn } = wanted;
  const time = (local: string | null) => (local === null ? "none" : formatSourceTime(local));
  const facts: [string, ReactNode][] = [];
  if (fromLsn) facts.push([t("chain.look.from"), <Copyable key="from" text={fromLsn} />]);
  if (toLsn) facts.push([t("chain.look.to"), <Copyable key="to" text={toLsn} />]);
  if (baseGuid) facts.push([t("chain.look.base"), <Copyable key="base" text={baseGuid} />]);
  if (baseLsn) facts.push([t("chain.look.checkpoint"), <Copyable key="checkpoint" text={baseLsn} />]);
  if (afterLocal || beforeLocal) {
    const zone = utcOffsetMinutes === null ? t("format.zone_unknown") : formatOffset(utcOffsetMinutes);
    const words = t("chain.look.window", { after: time(afterLocal), before: time(beforeLocal), zone });
    facts.push([t("chain.look.taken"), words]);
  }
  return (
    <dl className="mt-1 grid gap-x-4 gap-y-0.5 sm:grid-cols-[max-content_1fr]">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt>{label}</dt>
          <dd className="font-medium text-fg max-sm:mb-1">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Why the source could not say it, and the query to ask whichever server might. */
function HowToFind({ missing }: { missing: MissingBackupView }) {
  const { t } = useT();
  const { reason, detail, script } = missing;
  const told =
    reason === "purged" || reason === "not_taken_here" ? detail && formatSourceTime(detail) : detail;
  return (
    <>
      {reason ? <p className="mt-2">{t(`chain.unknown.${reason}`, { detail: told ?? "none" })}</p> : null}
      {script ? (
        <details className="mt-2">
          <summary className="cursor-pointer font-medium text-accent">{t("chain.look.script")}</summary>
          <div className="relative mt-1.5 rounded-sm border border-border bg-surface-2">
            <div className="absolute right-1 top-1">
              <CopyButton text={script} label={t("chain.look.copy")} />
            </div>
            <pre {...SCROLLER} className="max-h-64 overflow-auto p-3 pr-10 text-cap">
              {script}
            </pre>
          </div>
        </details>
      ) : null}
    </>
  );
}

/** A region that scrolls must be reachable by keyboard (WCAG 2.1.1). */
const SCROLLER = { tabIndex: 0 };
