"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { FailureNote } from "@/components/failure/failure-note";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { giveWayBackLink, startWayBackBackup, wayBackQuery } from "@/lib/client/aftercare-queries";
import type { WayBackView } from "@/lib/contracts/way-back";
import { ScriptBlock } from "./script-block";

/** How the data is brought back to the source, a step after the other; nothing where the releases forbid it. */
export function WayBackPlan({ id }: { id: string }) {
  const { t } = useT();
  const way = useQuery(wayBackQuery(id)).data;
  if (!way || way.script === "") return null;
  return (
    <section aria-label={t("wayback.plan.title")} className="my-3">
      <h3>{t("wayback.plan.title")}</h3>
      <Forecast {...way.forecast} />
      <ol className="mt-2 list-outside list-decimal pl-5">
        <PlanStep text={t("wayback.plan.stop")} />
        <PlanStep text={t("wayback.plan.backup")}>
          <BackupPart id={id} way={way} />
        </PlanStep>
        <PlanStep text={t("wayback.plan.fetch")}>
          <DownloadPart id={id} way={way} />
        </PlanStep>
        <PlanStep text={t("wayback.plan.unpack")}>
          <code className="block text-cap wrap-anywhere">{way.file}</code>
        </PlanStep>
        <PlanStep text={t("wayback.plan.restore")}>
          <ScriptBlock label={t("wayback.script")} script={way.script} />
        </PlanStep>
        <PlanStep text={t("wayback.plan.check")} />
        <PlanStep text={t("wayback.plan.open")} />
      </ol>
    </section>
  );
}

function PlanStep({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <li className="mt-2">
      {text}
      {children}
    </li>
  );
}

/** Before the first file was restored there is nothing to tell it from. */
function Forecast({ sizeBytes, downloadSeconds, restoreSeconds }: WayBackView["forecast"]) {
  const { t } = useT();
  const format = useFormat();
  if (sizeBytes === null) return <p className="text-fg-2">{t("wayback.forecast.unknown")}</p>;
  const time = (seconds: number | null) =>
    seconds === null ? t("wayback.forecast.no_time") : format.duration(seconds * 1_000);
  return (
    <p className="text-fg-2">
      {t("wayback.forecast.some", {
        size: format.bytes(sizeBytes),
        download: time(downloadSeconds),
        restore: time(restoreSeconds),
      })}
    </p>
  );
}

function BackupPart({ id, way }: { id: string; way: WayBackView }) {
  const { t } = useT();
  const format = useFormat();
  const work = useMutation(startWayBackBackup(useQueryClient(), id));
  const { backup } = way;
  const runs = backup !== null && backup.ok === null;
  const set = backup?.backupId ?? backup?.jobId ?? "";
  const at = backup?.endedAt ? format.instant(backup.endedAt, "full") : "";
  return (
    <div className="mt-1">
      {backup ? (
        <p className="text-fg-2">
          {t(`wayback.backup.${runs ? "runs" : backup.ok ? "done" : "failed"}`, { set, at })}
        </p>
      ) : null}
      {runs ? null : (
        <Button size="sm" className="mt-1" busy={work.isPending} onClick={() => work.mutate()}>
          {t("wayback.backup.start")}
        </Button>
      )}
      {work.isError ? (
        <ErrorPanel title={t("wayback.backup.not_started")} error={work.error} className="mt-2" />
      ) : null}
    </div>
  );
}

/** Every full backup since the opening: which one is meant is for the person to say. */
function DownloadPart({ id, way }: { id: string; way: WayBackView }) {
  const { t } = useT();
  const format = useFormat();
  const link = useMutation(giveWayBackLink(useQueryClient(), id));
  const { sets, rdsFailure } = way;
  return (
    <div className="mt-1">
      {rdsFailure ? <FailureNote failure={rdsFailure} /> : null}
      {rdsFailure === null && sets.length === 0 ? (
        <p className="text-fg-2">{t("wayback.sets.none")}</p>
      ) : null}
      <ul>
        {sets.map(({ backupId, endedAt, sizeBytes, downloadable }) => (
          <li key={backupId} className="mt-1 flex flex-wrap items-center gap-2">
            <span>
              {t("wayback.sets.one", {
                set: backupId,
                at: endedAt === null ? "–" : format.instant(endedAt, "full"),
                size: sizeBytes === null ? "–" : format.bytes(sizeBytes),
              })}
            </span>
            {downloadable ? (
              <Button
                size="sm"
                busy={link.isPending && link.variables === backupId}
                onClick={() => link.mutate(backupId)}
              >
                {t("wayback.sets.link")}
              </Button>
            ) : (
              <span className="text-fg-2">{t("wayback.sets.snapshot")}</span>
            )}
          </li>
        ))}
      </ul>
      {link.isError ? (
        <ErrorPanel title={t("wayback.sets.no_link")} error={link.error} className="mt-2" />
      ) : null}
      {link.data ? <GivenLink {...link.data} /> : null}
    </div>
  );
}

function GivenLink({
  url,
  intranetUrl,
  database,
}: {
  url: string;
  intranetUrl: string | null;
  database: string | null;
}) {
  const { t } = useT();
  const links = [
    { key: "public", href: url },
    ...(intranetUrl === null || intranetUrl === url ? [] : [{ key: "intranet", href: intranetUrl }]),
  ] as const;
  return (
    <div className="mt-2">
      <p>{t(database === null ? "wayback.link.whole" : "wayback.link.secret")}</p>
      {links.map(({ key, href }) => (
        <p key={key} className="mt-1 flex items-start gap-2">
          <a href={href} rel="noreferrer" className="text-cap underline wrap-anywhere">
            {href}
          </a>
          <CopyButton
            text={href}
            label={t(key === "public" ? "wayback.link.public" : "wayback.link.intranet")}
          />
        </p>
      ))}
    </div>
  );
}
