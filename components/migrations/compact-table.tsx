"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { StatusWord } from "@/components/status/status-word";
import { Link } from "@/components/ui/link";
import { Mono } from "@/components/ui/mono";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import { needText } from "@/components/verdict/need-text";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import type { ArrangedMigrations, MigrationFilter } from "./arrange-migrations";
import { migrationHref, needHref } from "./migration-links";
import { directionOf, nextSort, type SortColumn, sortRows } from "./sort-rows";
import { SourceClosed } from "./source-closed";

const BulkBar = latePiece({
  texts: ["advance", "bulk", "error", "migration"],
  load: async () => (await import("./bulk/bulk-bar")).BulkBar,
});

interface CompactTableProps {
  arranged: ArrangedMigrations;
  filter: MigrationFilter;
  onChange: (filter: MigrationFilter) => void;
}

/** The same list, one row each, for a hundred databases on one screen; what is selected can be asked at once. */
export function CompactTable({ arranged, filter, onChange }: CompactTableProps) {
  const { t } = useT();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  // A draft has nothing that could be asked of it; what a filter hides is not asked.
  const choosable = arranged.groups.flatMap(({ group, migrations }) =>
    group === "drafts" ? [] : migrations,
  );
  const chosen = choosable.filter(({ id }) => selected.has(id));
  const select = (id: string, on: boolean) =>
    setSelected((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));
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
      {selected.size > 0 ? <BulkBar chosen={chosen} onClear={() => setSelected(new Set())} /> : null}
      <Table caption={t("migrations.list_label")} compact>
        <TableHead>
          <Th className="w-8">
            {choosable.length > 0 ? (
              <input
                type="checkbox"
                aria-label={t("bulk.all")}
                checked={chosen.length === choosable.length}
                onChange={({ target }) =>
                  setSelected(new Set(target.checked ? choosable.map(({ id }) => id) : []))
                }
                className="size-4 accent-accent-solid"
              />
            ) : null}
          </Th>
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
            <CompactRow
              key={migration.id}
              migration={migration}
              selected={selected.has(migration.id)}
              onSelect={choosable.includes(migration) ? (on) => select(migration.id, on) : null}
            />
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function CompactRow({
  migration,
  selected,
  onSelect,
}: {
  migration: MigrationSummaryView;
  selected: boolean;
  onSelect: ((on: boolean) => void) | null;
}) {
  const { t, tx } = useT();
  const format = useFormat();
  const { gapSeconds, forecast, forecastPending, importsToday } = migration;
  const need = needText(migration, { t, tx });
  return (
    <Tr selected={selected && onSelect !== null}>
      <Td>
        {onSelect ? (
          <input
            type="checkbox"
            aria-label={t("bulk.select", { name: migration.name })}
            checked={selected}
            onChange={({ target }) => onSelect(target.checked)}
            className="size-4 accent-accent-solid"
          />
        ) : null}
      </Td>
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
      <Td numeric>
        {forecast === null ? (forecastPending ? "…" : "–") : format.range(forecast.downtimeSeconds)}
      </Td>
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
