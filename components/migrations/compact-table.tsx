"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { StatusWord } from "@/components/status/status-badge";
import { Link } from "@/components/ui/link";
import { Mono } from "@/components/ui/mono";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import { needText } from "@/components/verdict/need-text";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import type { ArrangedMigrations, MigrationFilter } from "./arrange-migrations";
import { migrationHref, needHref } from "./migration-links";
import { directionOf, nextSort, type SortColumn, sortRows } from "./sort-rows";
import { SourceClosed } from "./source-closed";

interface CompactTableProps {
  arranged: ArrangedMigrations;
  filter: MigrationFilter;
  onChange: (filter: MigrationFilter) => void;
}

/** The same list, one row each: for a hundred databases on one screen. */
export function CompactTable({ arranged, filter, onChange }: CompactTableProps) {
  const { t } = useT();
  const rows = sortRows(
    arranged.groups.flatMap(({ migrations }) => migrations),
    filter.sort,
  );
  const head = (column: SortColumn, numeric = false) => {
    const direction = directionOf(filter.sort, column);
    return (
      <Th numeric={numeric} aria-sort={direction ?? "none"}>
        <button
          type="button"
          className="inline-flex items-center gap-1 hover:text-fg"
          onClick={() => onChange({ ...filter, sort: nextSort(filter.sort, column) })}
        >
          {t(`migrations.column.${column}`)}
          {direction === null ? null : direction === "ascending" ? (
            <ArrowUp size={12} aria-hidden />
          ) : (
            <ArrowDown size={12} aria-hidden />
          )}
        </button>
      </Th>
    );
  };
  return (
    <section className="panel overflow-hidden">
      <Table caption={t("migrations.list_label")} compact>
        <TableHead>
          {head("status")}
          {head("database")}
          {head("instance")}
          {head("phase")}
          {head("gap", true)}
          {head("forecast", true)}
          {head("imports", true)}
          <Th>{t("migrations.column.next")}</Th>
        </TableHead>
        <tbody>
          {rows.map((migration) => (
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
