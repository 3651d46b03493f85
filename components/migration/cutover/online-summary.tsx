"use client";

import clsx from "clsx";
import { CircleCheck } from "lucide-react";
import { type ReactNode, useState } from "react";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button, ButtonLink } from "@/components/ui/button";
import type { MigrationView } from "@/lib/contracts/migration";

const CleanUpDialog = latePiece({
  texts: ["cleanup"],
  load: async () => (await import("@/components/bucket/clean-up-dialog")).CleanUpDialog,
});

/** The end of the way: what it took, what the check says, what comes next. */
export function OnlineSummary({ view, bare }: { view: MigrationView; bare?: boolean }) {
  const { t } = useT();
  const format = useFormat();
  const [cleans, setCleans] = useState(false);
  const { cutover } = view;
  const onlineAt = cutover?.onlineAt ?? view.finishedAt;
  const forecast = cutover?.forecastSeconds ?? null;
  const downtime = cutover?.downtimeSeconds ?? null;
  const total = view.startedAt && onlineAt ? Date.parse(onlineAt) - Date.parse(view.startedAt) : null;
  const check = cutover?.check ?? null;
  const checked = check?.ok ?? (view.status === "succeeded" ? true : null);
  return (
    <section
      className={clsx(
        "rounded-md border border-status-success-line bg-status-success-tint px-4 py-4 sm:px-5",
        bare ? "mb-3" : "mt-4",
      )}
    >
      <h2 className="flex items-center gap-2.5 text-page text-status-success">
        <CircleCheck size={24} strokeWidth={1.75} aria-hidden className="flex-none" />
        <span className="wrap-anywhere">
          {t("migration.online.title", { database: view.target.database ?? view.name })}
        </span>
      </h2>
      <dl className="mt-3 flex flex-wrap gap-x-10 gap-y-2">
        {downtime === null ? null : (
          <Stat label={t("migration.online.stat_downtime")}>{format.duration(downtime * 1000)}</Stat>
        )}
        {forecast === null ? null : (
          <Stat label={t("migration.online.stat_forecast")}>{format.duration(forecast * 1000)}</Stat>
        )}
        <Stat label={t("migration.online.stat_files")}>{format.number(view.filesImported)}</Stat>
        {total === null ? null : (
          <Stat label={t("migration.online.stat_total")}>{format.duration(total)}</Stat>
        )}
      </dl>
      <p className={clsx("mt-3 text-table", checked === false && "font-medium text-status-danger")}>
        {checked === null
          ? t("migration.online.check_running")
          : checked
            ? t("migration.online.check_ok")
            : t("migration.online.check_failed", { description: check?.description ?? "" })}
      </p>
      {bare ? null : (
        <div className="mt-1 flex flex-wrap items-center justify-between gap-3 text-table">
          <p className="max-w-200">{t("migration.online.next")}</p>
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setCleans(true)}>{t("cleanup.open")}</Button>
            <ButtonLink href={`/migrations/${view.id}/report`}>{t("migration.online.report")}</ButtonLink>
          </div>
        </div>
      )}
      {cleans ? <CleanUpDialog migrationId={view.id} onClose={() => setCleans(false)} /> : null}
    </section>
  );
}

function Stat({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-cap text-fg-2">{label}</dt>
      <dd className="font-semibold text-page">{children}</dd>
    </div>
  );
}
