"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { StatusWord } from "@/components/status/status-badge";
import { Link } from "@/components/ui/link";
import { Mono } from "@/components/ui/mono";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import { needText } from "@/components/verdict/need-text";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import type { ArrangedMigrations } from "./arrange-migrations";
import { migrationHref, needHref } from "./migration-links";
import { SourceClosed } from "./source-closed";

/** The same list, one row each: for a hundred databases on one screen. */
export function CompactTable({ arranged }: { arranged: ArrangedMigrations }) {
  const { t } = useT();
  return (
    <section className="panel overflow-hidden">
      <Table caption={t("migrations.list_label")} compact>
        <TableHead>
          <Th>{t("migrations.column.status")}</Th>
          <Th>{t("migrations.column.database")}</Th>
          <Th>{t("migrations.column.instance")}</Th>
          <Th>{t("migrations.column.phase")}</Th>
          <Th numeric>{t("migrations.column.gap")}</Th>
          <Th numeric>{t("migrations.column.forecast")}</Th>
          <Th numeric>{t("migrations.column.imports")}</Th>
          <Th>{t("migrations.column.next")}</Th>
        </TableHead>
        <tbody>
          {arranged.groups
            .flatMap(({ migrations }) => migrations)
            .map((migration) => (
              <CompactRow key={migration.id} migration={migration} />
            ))}
        </tbody>
      </Table>
    </section>
  );
}

function CompactRow({ migration }: { migration: MigrationSummaryView }) {
  const { t, tx } = useT();
  const format = useFormat();
  const { gapSeconds, forecast, importsToday } = migration;
  const need = needText(migration, { t, tx });
  return (
    <Tr>
      <Td>
        <StatusWord status={migration.status} small />
      </Td>
      <Td>
        <Link href={migrationHref(migration)} className="link font-semibold">
          {migration.source.database ?? t("migrations.unnamed")}
        </Link>
      </Td>
      <Td className="whitespace-nowrap">
        <Mono>{migration.target.instanceId ?? "–"}</Mono>
      </Td>
      <Td className="whitespace-nowrap">
        {t(`migration.phase.${migration.phase}`)}
        <SourceClosed migration={migration} />
      </Td>
      <Td numeric>{gapSeconds === null ? "–" : format.duration(gapSeconds * 1000)}</Td>
      <Td numeric>{forecast === null ? "–" : format.range(forecast.downtimeSeconds)}</Td>
      <Td numeric>
        {t("migrations.imports_left", {
          left: Math.max(0, importsToday.limit - importsToday.used),
          limit: importsToday.limit,
        })}
      </Td>
      <Td className="max-w-90 truncate">
        {need ? (
          <Link href={needHref(migration)} className="link">
            {need}
          </Link>
        ) : (
          <span className="text-fg-2">
            {t(migration.status === "succeeded" ? "needs.done" : "needs.nothing")}
          </span>
        )}
      </Td>
    </Tr>
  );
}
