"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { SourceTime } from "@/components/locale/source-time";
import { useFormat } from "@/components/locale/use-format";
import { Callout } from "@/components/ui/callout";
import { Drawer } from "@/components/ui/drawer";
import { Lsn, Mono } from "@/components/ui/mono";
import { SkeletonLines } from "@/components/ui/skeleton";
import { headerQuery } from "@/lib/client/catalog-queries";
import type { BackupSetView, ObjectHeaderView } from "@/lib/contracts/catalog";
import type { MessageKey } from "@/lib/i18n/message-key";

interface HeaderDrawerProps {
  connectionId: string;
  bucket: string;
  objectKey: string;
  onClose: () => void;
}

/** Everything that an object's header says, set by set. */
export function HeaderDrawer({ connectionId, bucket, objectKey, onClose }: HeaderDrawerProps) {
  const { t } = useT();
  // Read anew for who asks for all of it: a key may have been written again.
  const read = useQuery({ ...headerQuery(connectionId, bucket, objectKey, "whole"), staleTime: 0 });
  return (
    <Drawer
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("browse.header.title")}
      description={<Mono className="wrap-anywhere">{objectKey}</Mono>}
    >
      {read.isPending ? <SkeletonLines lines={8} label={t("object.reading")} /> : null}
      <QueryError query={read} title={t("browse.header.failed")} />
      {read.data ? <Header header={read.data} /> : null}
    </Drawer>
  );
}

function Header({ header }: { header: ObjectHeaderView }) {
  const { t } = useT();
  const format = useFormat();
  const { error, sets, container, reads, bytesRead } = header;
  return (
    <>
      <p className="mb-3 text-cap text-fg-2">
        {t("browse.header.text", { reads, bytes: format.bytes(bytesRead) })}
        {container === null
          ? null
          : ` ${t("browse.header.container")}: ${t(`browse.header.container.${container}`)}`}
      </p>
      {error ? <Callout tone="warning" title={error.message} /> : null}
      {error === null && sets.length === 0 ? <p>{t("browse.header.none")}</p> : null}
      {sets.map((set) => (
        <section key={set.position} className="mb-5">
          <h3 className="mb-2 font-semibold">{t("browse.header.set", { position: set.position })}</h3>
          <dl className="grid grid-cols-[minmax(8rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 text-table">
            {factsOf(set, t(`object.type.${set.type}`)).map(({ label, value }) => (
              <div key={label} className="contents">
                <dt className="text-fg-2">{t(label)}</dt>
                <dd className="wrap-anywhere">{value}</dd>
              </div>
            ))}
            {set.files.length > 0 ? (
              <div className="contents">
                <dt className="text-fg-2">{t("browse.field.files")}</dt>
                <dd>
                  {set.files.map(({ logicalName, type, sizeBytes }) => (
                    <span key={`${type} ${logicalName}`} className="block wrap-anywhere">
                      <Mono>{logicalName}</Mono> ({type}, {format.bytes(sizeBytes)})
                    </span>
                  ))}
                </dd>
              </div>
            ) : null}
          </dl>
        </section>
      ))}
    </>
  );
}

/** What the set says, in the order in which a DBA asks; what it does not say is left out. */
function factsOf(set: BackupSetView, type: string): { label: MessageKey; value: ReactNode }[] {
  const { startedAt, finishedAt, timeZoneQuarterHours: zone, family } = set;
  const offset = zone === null ? null : zone * 15;
  const facts: [MessageKey, ReactNode][] = [
    ["browse.field.type", type],
    ["browse.field.database", set.databaseName],
    ["browse.field.server", set.serverName],
    ["browse.field.version", set.softwareVersion],
    ["browse.field.recovery", set.recoveryModel],
    [
      "browse.field.time",
      startedAt === null ? null : (
        <>
          <SourceTime local={startedAt} offsetMinutes={offset} />
          {finishedAt === null ? null : (
            <>
              {" – "}
              <SourceTime local={finishedAt} offsetMinutes={offset} />
            </>
          )}
        </>
      ),
    ],
    ["browse.field.first_lsn", lsn(set.firstLsn)],
    ["browse.field.last_lsn", lsn(set.lastLsn)],
    ["browse.field.checkpoint_lsn", lsn(set.checkpointLsn)],
    ["browse.field.database_backup_lsn", lsn(set.databaseBackupLsn)],
    ["browse.field.base_lsn", lsn(set.differentialBaseLsn)],
    ["browse.field.base_guid", guid(set.differentialBaseGuid)],
    ["browse.field.set_guid", guid(set.backupSetGuid)],
    ["browse.field.family_guid", guid(set.familyGuid)],
    ["browse.field.fork_guid", guid(set.lastRecoveryForkGuid)],
    ["browse.field.stripe", family.count > 1 ? `${family.sequence}/${family.count}` : null],
  ];
  return facts.flatMap(([label, value]) => (value === null || value === "" ? [] : [{ label, value }]));
}

function lsn(value: string | null): ReactNode {
  return value === null ? null : <Lsn lsn={value} />;
}

function guid(value: string | null): ReactNode {
  return value === null ? null : <Mono>{value}</Mono>;
}
