"use client";

import type { ReactNode } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { joinGroups } from "@/components/migration/timeline/join-groups";
import { Id, Mono } from "@/components/ui/mono";
import { Panel } from "@/components/ui/panel";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import type { MigrationView } from "@/lib/contracts/migration";
import type { MessageKey } from "@/lib/i18n/message-key";
import { groupTitle } from "../timeline/group-title";

/** The words of the wire, where somebody needs them: for a ticket, or to find a task in the console. */
const WIRE = {
  access_pending: "BackupMode=UPDF, IsOnlineDB=False",
  immediate: "BackupMode=FULL, IsOnlineDB=True",
} as const;

export function ProviderTab({ view }: { view: MigrationView }) {
  const { t, tx } = useT();
  const rows: [MessageKey, ReactNode][] = [
    ["provider.instance", <Id key="i" id={view.target.instanceId} />],
    ["provider.database", <Id key="d" id={view.target.database} />],
    ["provider.task", <Id key="t" id={view.rdsTaskId} />],
    ["provider.method", view.method ? <Mono key="m">{WIRE[view.method]}</Mono> : "–"],
    ["provider.bucket", <Id key="b" id={view.bucket} />],
    ["provider.prefix", <Id key="p" id={view.prefix} />],
    ["provider.base", <Id key="g" id={view.chain.baseBackupSetGuid} />],
  ];
  const facts = joinGroups(view).flatMap((group) =>
    group.steps.flatMap((step) =>
      step.facts.map(({ name, value }) => ({
        key: `${step.id}/${name}`,
        step: t("timeline.step_of", { group: groupTitle(group, tx), step: t(`timeline.kind.${step.kind}`) }),
        stepId: step.id,
        name,
        value: String(value),
      })),
    ),
  );
  return (
    <div className="space-y-4">
      <Panel title={t("migration.tab.provider")} note={t("provider.text")}>
        <dl className="grid grid-cols-1 gap-x-6 gap-y-1.5 px-4 py-3 text-table sm:grid-cols-[200px_minmax(0,1fr)]">
          {rows.map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-fg-2">{t(label)}</dt>
              <dd className="min-w-0">{value}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Panel title={t("provider.steps")}>
        {facts.length === 0 ? (
          <p className="px-4 py-6 text-fg-2 text-table">{t("provider.none")}</p>
        ) : (
          <Table caption={t("provider.steps")} compact>
            <TableHead>
              <Th>{t("provider.step")}</Th>
              <Th>{t("provider.key")}</Th>
              <Th>{t("provider.value")}</Th>
            </TableHead>
            <tbody>
              {facts.map((fact, index) => (
                <Tr key={fact.key}>
                  <Td className="whitespace-nowrap">
                    <span className={facts[index - 1]?.stepId === fact.stepId ? "sr-only" : undefined}>
                      {fact.step}
                    </span>
                  </Td>
                  <Td>
                    <Mono>{fact.name}</Mono>
                  </Td>
                  <Td>
                    <Mono className="wrap-anywhere">{fact.value}</Mono>
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
      </Panel>
    </div>
  );
}
