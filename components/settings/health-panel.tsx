"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Panel } from "@/components/ui/panel";
import { SkeletonLines } from "@/components/ui/skeleton";
import { aboutQuery } from "@/lib/client/channel-queries";
import { systemQuery } from "@/lib/client/system-queries";
import { FactList } from "./fact-list";

/** Whether store and engine do their work. */
export function HealthPanel() {
  const { t } = useT();
  const format = useFormat();
  const about = useQuery(aboutQuery());
  const system = useQuery(systemQuery()).data;
  const health = about.data?.health;
  return (
    <Panel title={t("settings.health.title")}>
      {about.data ? null : (
        <QueryError query={about} title={t("settings.health.unreadable")} className="m-4" />
      )}
      {health && system ? (
        <FactList
          facts={[
            [
              t("settings.health.store"),
              t(`settings.health.store.${system.store}`, { ms: Math.max(1, Math.round(health.storeMs)) }),
            ],
            [
              t("settings.health.engine"),
              <span
                key="engine"
                className={health.late ? "font-semibold text-status-danger" : "text-status-success"}
              >
                {health.late
                  ? t("settings.health.late", { age: format.duration(health.oldestDueSeconds * 1_000) })
                  : t(`settings.health.engine.${system.engine}`)}
              </span>,
            ],
            [t("settings.health.steps"), format.number(health.stepsOpen)],
            [
              t("settings.health.troubled"),
              <span key="troubled" className={health.stepsFailed > 0 ? "text-status-warning" : ""}>
                {format.number(health.stepsFailed)}
              </span>,
            ],
          ]}
        />
      ) : about.isPending ? (
        <SkeletonLines lines={4} label={t("shell.loading")} className="p-4" />
      ) : null}
    </Panel>
  );
}
