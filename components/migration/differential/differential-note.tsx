"use client";

import { BackupScript } from "@/components/backup-script/backup-script";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { MigrationView } from "@/lib/contracts/migration";
import type { DifferentialProposal } from "@/lib/contracts/outlook";
import { useAct } from "../act/use-act";
import { useOutlook } from "../timeline/use-outlook";

/** That a differential would spare imports or time against the logs that wait, and what both cost; nothing where it would not. */
export function DifferentialNote({ view }: { view: MigrationView }) {
  const found = useOutlook(view)?.differential;
  return found ? <Proposal view={view} found={found} /> : null;
}

function Proposal({ view, found }: { view: MigrationView; found: DifferentialProposal }) {
  const { t } = useT();
  const format = useFormat();
  const act = useAct(view.id);
  const { why, replaces, imports, seconds, takeAt } = found;
  const words = {
    logs: replaces,
    left: imports.left,
    bytes: format.bytes(found.waitingBytes),
    most: format.bytes(found.atMostBytes),
  };
  const ways = [
    ["logs", imports.logs, seconds.logs],
    ["differential", imports.differential, seconds.differential],
  ] as const;
  return (
    <Callout
      tone={why === "budget" ? "warning" : "info"}
      role="status"
      className="mt-4"
      title={t(`differential.why.${why}`, words)}
      actions={
        view.allowed.includes("take_differential") ? (
          <Button
            variant={takeAt === null ? "primary" : "default"}
            busy={act.isPending}
            onClick={() => act.mutate({ type: "take_backup", backup: "differential" })}
          >
            {t("differential.take")}
          </Button>
        ) : null
      }
    >
      <dl className="mt-1 grid w-fit grid-cols-[max-content_max-content] gap-x-6 gap-y-0.5">
        {ways.map(([way, count, range]) => (
          <div key={way} className="contents">
            <dt>{t(`differential.way.${way}`, words)}</dt>
            <dd className="tabular-nums text-fg">
              {t("differential.cost", { imports: count, time: format.range(range) })}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-1">{t("differential.what", words)}</p>
      <p className="mt-1 font-medium text-fg">
        {takeAt === null ? t("differential.now") : t("differential.at", { time: format.instant(takeAt) })}
      </p>
      {view.backupBy === "others" ? (
        <BackupScript
          database={view.source.database}
          folder={view.sourceFolder ?? ""}
          next="DIFF"
          className="mt-2"
        />
      ) : null}
      {act.error ? (
        <ErrorPanel title={t("migration.action_failed")} error={act.error} className="mt-2" />
      ) : null}
    </Callout>
  );
}
