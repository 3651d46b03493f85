"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Mono } from "@/components/ui/mono";
import { Panel } from "@/components/ui/panel";
import { SkeletonLines } from "@/components/ui/skeleton";
import { aboutQuery } from "@/lib/client/channel-queries";
import { systemQuery } from "@/lib/client/system-queries";
import { FactList } from "./fact-list";

/** How store and engine do, and what the product is made of, under which licences. */
export function AboutPanels() {
  const { t } = useT();
  const format = useFormat();
  const about = useQuery(aboutQuery());
  const system = useQuery(systemQuery()).data;
  const health = about.data?.health;
  return (
    <>
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
              [t("settings.health.steps"), t("settings.health.open", { count: health.stepsOpen })],
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
      <Panel
        title={t("settings.inside.title")}
        note={system ? `${t("shell.product")} ${system.version}` : null}
      >
        {about.data ? (
          <FactList
            facts={[
              ["Node.js", about.data.node],
              ...about.data.packages.map(
                ({ name, version, licence }) =>
                  [
                    name,
                    <span key={name}>
                      <Mono>{version}</Mono> · {licence}
                    </span>,
                  ] as const,
              ),
            ]}
          />
        ) : null}
      </Panel>
    </>
  );
}
