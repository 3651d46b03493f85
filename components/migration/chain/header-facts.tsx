"use client";

import { Fragment, type ReactNode } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { SourceTime } from "@/components/locale/source-time";
import { useFormat } from "@/components/locale/use-format";
import { Copyable } from "@/components/ui/mono";
import type { BackupSetView } from "@/lib/contracts/catalog";
import { formatOffset } from "@/lib/format/format-instant";

interface Fact {
  label: string;
  value: ReactNode;
}

/** Labels left, values right; an absent value says so instead of hiding its label. */
export function FactList({ title, facts }: { title: string; facts: readonly Fact[] }) {
  return (
    <div className="px-4 py-3">
      <h3 className="mb-1.5 font-medium text-cap text-fg-2">{title}</h3>
      <dl className="grid grid-cols-[minmax(96px,max-content)_minmax(0,1fr)] gap-x-3 gap-y-1 text-table">
        {facts.map(({ label, value }) => (
          <Fragment key={label}>
            <dt className="text-fg-2">{label}</dt>
            <dd className="min-w-0 wrap-anywhere">{value ?? <span className="text-fg-3">–</span>}</dd>
          </Fragment>
        ))}
      </dl>
    </div>
  );
}

const copyable = (text: string | null) => (text === null ? null : <Copyable text={text} />);

/** Every fact of a backup set's header, as RESTORE HEADERONLY names them. */
export function HeaderFacts({ set }: { set: BackupSetView }) {
  const { t } = useT();
  const format = useFormat();
  const offset = set.timeZoneQuarterHours === null ? null : set.timeZoneQuarterHours * 15;
  const yesNo = (value: boolean | null) =>
    value === null ? null : t(value ? "chain.fact.yes" : "chain.fact.no");
  return (
    <>
      <FactList
        title={t("chain.facts.lsn")}
        facts={[
          { label: "FirstLSN", value: copyable(set.firstLsn) },
          { label: "LastLSN", value: copyable(set.lastLsn) },
          { label: "CheckpointLSN", value: copyable(set.checkpointLsn) },
          { label: "DatabaseBackupLSN", value: copyable(set.databaseBackupLsn) },
          { label: "DifferentialBaseLSN", value: copyable(set.differentialBaseLsn) },
        ]}
      />
      <FactList
        title={t("chain.facts.identity")}
        facts={[
          { label: "BackupSetGUID", value: copyable(set.backupSetGuid) },
          {
            label: "DifferentialBaseGUID",
            value: copyable(set.differentialBaseGuid ?? set.baseBackupSetGuid),
          },
          { label: "FamilyGUID", value: copyable(set.familyGuid) },
          { label: "FirstRecoveryForkID", value: copyable(set.firstRecoveryForkGuid) },
          { label: "LastRecoveryForkID", value: copyable(set.lastRecoveryForkGuid) },
        ]}
      />
      <FactList
        title={t("chain.facts.taken")}
        facts={[
          {
            label: t("chain.fact.started"),
            value: set.startedAt && <SourceTime local={set.startedAt} offsetMinutes={offset} />,
          },
          {
            label: t("chain.fact.finished"),
            value: set.finishedAt && <SourceTime local={set.finishedAt} offsetMinutes={offset} />,
          },
          {
            label: t("chain.fact.zone"),
            value: offset === null ? t("format.zone_unknown") : formatOffset(offset),
          },
          { label: t("chain.fact.database"), value: set.databaseName },
          { label: t("chain.fact.server"), value: set.serverName },
          { label: t("chain.fact.version"), value: set.softwareVersion },
          { label: t("chain.fact.recovery"), value: set.recoveryModel?.toUpperCase() ?? null },
        ]}
      />
      <FactList
        title={t("chain.facts.shape")}
        facts={[
          {
            label: t("chain.fact.stripe"),
            value: t("chain.fact.stripe_of", { sequence: set.family.sequence, count: set.family.count }),
          },
          { label: t("chain.fact.position"), value: String(set.position) },
          { label: t("chain.fact.compressed"), value: yesNo(set.compressed) },
          { label: t("chain.fact.copy_only"), value: yesNo(set.copyOnly) },
          { label: t("chain.fact.tail"), value: yesNo(set.tail) },
          { label: t("chain.fact.encrypted"), value: yesNo(set.encrypted) },
          ...set.files.map((file) => ({
            label: file.logicalName,
            value: `${file.type.toUpperCase()} · ${format.bytes(file.sizeBytes)}`,
          })),
        ]}
      />
    </>
  );
}
