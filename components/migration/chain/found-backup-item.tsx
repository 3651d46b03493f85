"use client";

import clsx from "clsx";
import { useT } from "@/components/locale/i18n-provider";
import { SourceTime } from "@/components/locale/source-time";
import { useFormat } from "@/components/locale/use-format";
import { Tag } from "@/components/ui/badge";
import { Copyable, Mono } from "@/components/ui/mono";
import type { FoundBackup } from "@/lib/contracts/missing-backup";
import { baseName } from "./base-name";

interface FoundBackupItemProps {
  backup: FoundBackup;
  sourceFolder: string | null;
  offsetMinutes: number | null;
}

/** SQL Server's own name for itself; any other is the software that holds the file. */
const OWN_SOFTWARE = "Microsoft SQL Server";

/** A backup that the source remembers: where it lies, who took it when, what it covers, and how to get at it. */
export function FoundBackupItem({ backup, sourceFolder, offsetMinutes }: FoundBackupItemProps) {
  const { t } = useT();
  const format = useFormat();
  const { devices } = backup;
  const software = backup.softwareName === OWN_SOFTWARE ? null : backup.softwareName;
  return (
    <div>
      {devices.map((device) => (
        <p key={device.path} className="text-base font-semibold text-fg">
          <Copyable text={device.path} />
        </p>
      ))}
      <p className="mt-0.5 text-fg">
        {t("chain.fetch.who", {
          type: t(`files.backup.${backup.kind}`),
          who: backup.userName ?? t("chain.fetch.nobody"),
          software: software ?? "none",
          machine: backup.machineName ?? "none",
        })}{" "}
        <SourceTime local={backup.startedAtLocal} offsetMinutes={offsetMinutes} />
        {backup.sizeBytes === null ? null : ` · ${format.bytes(backup.sizeBytes)}`}
        {backup.copyOnly ? <Tag className="ml-1.5">{t("object.copyOnly")}</Tag> : null}
      </p>
      {backup.firstLsn && backup.lastLsn ? (
        <p>
          {t("chain.fetch.covers")} <Mono>{backup.firstLsn}</Mono> → <Mono>{backup.lastLsn}</Mono>
        </p>
      ) : null}
      <p className={clsx("mt-1", backup.devices.some(({ seen }) => seen) && "text-status-success")}>
        <Reach backup={backup} sourceFolder={sourceFolder} software={software} />
      </p>
      {backup.position > 1 ? <p>{t("chain.fetch.position", { position: backup.position })}</p> : null}
      {devices.length > 1 ? <p>{t("chain.fetch.striped", { count: devices.length })}</p> : null}
    </div>
  );
}

/** How the file is got at, by what kind of device it was written to. */
function Reach({
  backup,
  sourceFolder,
  software,
}: Pick<FoundBackupItemProps, "backup" | "sourceFolder"> & { software: string | null }) {
  const { t } = useT();
  const [device] = backup.devices;
  if (backup.knownAs !== null) return t("chain.fetch.known", { file: backup.knownAs });
  if (!device) return t("chain.fetch.no_device");
  if (device.kind === "virtual") return t("chain.fetch.virtual", { software: software ?? "none" });
  if (device.kind === "discarded") return t("chain.fetch.discarded");
  if (device.kind === "url") return t("chain.fetch.url");
  if (device.kind === "tape") return t("chain.fetch.tape");
  if (device.seen === true) return t("chain.fetch.seen", { path: device.localPath ?? "" });
  if (device.seen === false) return t("chain.fetch.gone", { path: device.localPath ?? "" });
  return t("chain.fetch.elsewhere", { folder: sourceFolder ?? "none", name: baseName(device.path) });
}
