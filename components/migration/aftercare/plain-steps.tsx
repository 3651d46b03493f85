"use client";

import { useState } from "react";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useNow } from "@/components/locale/use-now";
import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { AftercareView } from "@/lib/contracts/aftercare";
import { ScriptBlock } from "../way-back/script-block";
import { WayBackNote } from "../way-back/way-back-note";
import { useAftercare } from "./aftercare-context";

const CleanUpDialog = latePiece({
  texts: ["cleanup"],
  load: async () => (await import("@/components/bucket/clean-up-dialog")).CleanUpDialog,
});

const WayBackPlan = latePiece({
  texts: ["wayback"],
  load: async () => (await import("../way-back/way-back-plan")).WayBackPlan,
});

export function OrphansStep() {
  const { t } = useT();
  const { scripts } = useAftercare().view;
  return (
    <>
      <p>{t("aftercare.orphans.about")}</p>
      <ScriptBlock label={t("aftercare.orphans.script")} script={scripts.orphans} />
    </>
  );
}

/** What stays on the source server, by name. */
export function ObjectsStep() {
  const { t } = useT();
  const { inventory } = useAftercare().view;
  const jobs = inventory?.jobs.map(
    ({ name, enabled }) => `${name}${enabled ? "" : ` (${t("aftercare.objects.off")})`}`,
  );
  const servers = inventory?.linkedServers.map(({ name, dataSource }) => `${name} (${dataSource})`);
  return (
    <>
      <p>{t("aftercare.objects.about")}</p>
      <NameList title={t("aftercare.objects.jobs")} names={jobs ?? []} />
      <NameList title={t("aftercare.objects.servers")} names={servers ?? []} />
    </>
  );
}

function NameList({ title, names }: { title: string; names: readonly string[] }) {
  const { t } = useT();
  return (
    <>
      <h3 className="mt-2">{title}</h3>
      {names.length === 0 ? <p className="text-fg-2">{t("aftercare.objects.none")}</p> : null}
      <ul className="list-inside list-disc">
        {names.map((name) => (
          <li key={name} className="wrap-anywhere">
            {name}
          </li>
        ))}
      </ul>
    </>
  );
}

export function SettingsStep() {
  const { t } = useT();
  const { inventory, scripts } = useAftercare().view;
  return (
    <>
      <p>{t("aftercare.settings.about")}</p>
      {inventory && inventory.settings.length > 0 ? (
        <dl className="mt-2 grid max-w-120 grid-cols-[minmax(0,1fr)_auto] gap-x-4">
          {inventory.settings.map(({ name, value }) => (
            <div key={name} className="contents">
              <dt className="text-fg-2">{name}</dt>
              <dd className="text-right">{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {inventory?.compatibilityLevel ? (
        <p className="mt-2">
          {t("aftercare.settings.level", { level: String(inventory.compatibilityLevel) })}
        </p>
      ) : null}
      <ScriptBlock label={t("aftercare.settings.script")} script={scripts.settings} />
    </>
  );
}

/** How the first backup stands, in a line. */
export function useBackupDetail({ backup, backupPercent }: AftercareView): string {
  const { t } = useT();
  const format = useFormat();
  if (backup === null) return t("aftercare.backup.about");
  if (backup.ok === false) return t("aftercare.backup.failed", { job: backup.jobId });
  if (backup.ok && backup.endedAt) {
    const set = backup.backupId ?? backup.jobId;
    return t("aftercare.backup.ok", { set, at: format.instant(backup.endedAt, "full") });
  }
  return backupPercent === null
    ? t("aftercare.backup.running_plain", { job: backup.jobId })
    : t("aftercare.backup.running", { job: backup.jobId, percent: Math.floor(backupPercent) });
}

export function BackupStep() {
  const { t } = useT();
  const { view, act, busy } = useAftercare();
  const { backup, backupPercent } = view;
  const runs = backup !== null && backup.ok === null;
  return (
    <>
      <p>{t("aftercare.backup.about")}</p>
      {runs && backupPercent !== null ? (
        <div className="mt-2 max-w-80">
          <ProgressBar
            label={t("event.aftercare.first_backup")}
            valueText={`${Math.floor(backupPercent)}%`}
            percent={backupPercent}
          />
        </div>
      ) : null}
      {backup === null || backup.ok === false ? (
        <Button className="mt-2" busy={busy} onClick={() => act({ type: "start_backup" })}>
          {t("aftercare.backup.start")}
        </Button>
      ) : null}
    </>
  );
}

/** What RDS keeps by itself, in a line. */
export function usePolicyDetail({ policy }: AftercareView): string {
  const { t } = useT();
  const format = useFormat();
  if (policy === null) return "";
  if (policy.time === "") return t("aftercare.policy.none");
  return [
    t("aftercare.policy.some", { days: policy.days.replaceAll(",", ", "), time: policy.time }),
    policy.retentionDays === null ? "" : t("aftercare.policy.kept", { days: policy.retentionDays }),
    policy.logs === null ? "" : t(policy.logs ? "aftercare.policy.logs" : "aftercare.policy.no_logs"),
    policy.nextAt === null ? "" : t("aftercare.policy.next", { at: format.instant(policy.nextAt) }),
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

export function StringsStep() {
  const { t } = useT();
  return <p>{t("aftercare.strings.about")}</p>;
}

export function SourceStep() {
  const { t } = useT();
  const { scripts } = useAftercare().view;
  return (
    <>
      <p>{t("aftercare.source.about")}</p>
      <ScriptBlock label={t("aftercare.source.script")} script={scripts.readOnly} />
    </>
  );
}

const DAY_HOURS = 24;
const CHOICES = [24, 48, 72, 168];

/** Whether somebody may still go back, in a line. */
export function useRevertDetail({ revert, revertOpen }: AftercareView): string {
  const { t } = useT();
  const format = useFormat();
  const nowMs = useNow(revertOpen);
  if (revert === null) return t("aftercare.revert.never");
  if (!revertOpen) return t("aftercare.revert.over", { at: format.instant(revert.endedAt ?? revert.until) });
  return t("aftercare.revert.open", {
    until: format.instant(revert.until),
    left: format.duration(Date.parse(revert.until) - nowMs),
  });
}

export function RevertStep({ migrationId }: { migrationId: string }) {
  const { t } = useT();
  const { view, act, busy } = useAftercare();
  return (
    <>
      <p>{t("aftercare.revert.about")}</p>
      <p className="mt-1">{t("aftercare.revert.drops")}</p>
      <WayBackNote id={migrationId} />
      <WayBackPlan id={migrationId} />
      <div className="mt-2 flex flex-wrap gap-2">
        {CHOICES.map((hours) => (
          <Button key={hours} busy={busy} onClick={() => act({ type: "keep_way_back", hours })}>
            {hours > 3 * DAY_HOURS
              ? t("aftercare.revert.days", { days: hours / DAY_HOURS })
              : t("aftercare.revert.hours", { hours })}
          </Button>
        ))}
        {view.revertOpen ? (
          <Button variant="danger" busy={busy} onClick={() => act({ type: "keep_way_back", hours: 0 })}>
            {t("aftercare.revert.end")}
          </Button>
        ) : null}
      </div>
    </>
  );
}

export function CleanUpStep({ migrationId }: { migrationId: string }) {
  const { t } = useT();
  const { revertOpen } = useAftercare().view;
  const [cleans, setCleans] = useState(false);
  if (revertOpen) return <p>{t("aftercare.clean.locked")}</p>;
  return (
    <>
      <Button onClick={() => setCleans(true)}>{t("cleanup.open")}</Button>
      {cleans ? <CleanUpDialog migrationId={migrationId} onClose={() => setCleans(false)} /> : null}
    </>
  );
}
