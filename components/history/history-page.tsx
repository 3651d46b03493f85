"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SkeletonLines } from "@/components/ui/skeleton";
import { Table, TableHead, Th } from "@/components/ui/table";
import type { HistoryQuery, HistorySort } from "@/lib/contracts/history";

export interface HistoryRowsProps {
  query: HistoryQuery;
  onChange: (patch: HistoryQuery) => void;
}

/** A column, and what its heading puts in order. */
export interface HistoryColumn {
  name: string;
  sort?: HistorySort;
}

interface HistoryPageProps<Row> extends HistoryRowsProps {
  page: UseQueryResult<{ rows: Row[]; next: string | null }>;
  columns: readonly HistoryColumn[];
  children: (rows: readonly Row[]) => ReactNode;
}

/** One page as a table: headings that sort, and the ways to the first page and the next. */
export function HistoryPage<Row>({ page, columns, query, onChange, children }: HistoryPageProps<Row>) {
  const { t } = useT();
  if (page.isError) {
    return <ErrorPanel title={t("history.failed")} error={page.error} onRetry={() => page.refetch()} />;
  }
  if (!page.data) return <SkeletonLines lines={6} label={t("history.loading")} />;
  const { rows, next } = page.data;
  const later = (query.after ?? "") !== "";
  return (
    <>
      <div className="panel overflow-hidden" aria-busy={page.isPlaceholderData}>
        {rows.length === 0 ? (
          <EmptyState title={t("history.nothing")} />
        ) : (
          <Table caption={t("history.caption", { count: rows.length })} compact>
            <TableHead>
              {columns.map((column) => (
                <Heading key={column.name} column={column} query={query} onChange={onChange} />
              ))}
            </TableHead>
            <tbody>{children(rows)}</tbody>
          </Table>
        )}
      </div>
      <nav
        aria-label={t("history.pages")}
        className="mt-2 flex items-center gap-2 text-cap text-fg-2 print:hidden"
      >
        <span role="status">{t("history.caption", { count: rows.length })}</span>
        {later ? (
          <Button size="sm" onClick={() => onChange({ after: "" })}>
            {t("history.first")}
          </Button>
        ) : null}
        {next === null ? null : (
          <Button size="sm" onClick={() => onChange({ after: next })}>
            {t("history.next")}
          </Button>
        )}
      </nav>
    </>
  );
}

function Heading({ column: { name, sort }, query, onChange }: HistoryRowsProps & { column: HistoryColumn }) {
  const { tx } = useT();
  const label = tx(`history.col.${name}`, {}, name);
  if (!sort) return <Th>{label}</Th>;
  const current = (query.sort || "started") === sort;
  const natural = sort === "started" || sort === "ended" ? "desc" : "asc";
  const order = query.order || natural;
  const turned = order === "desc" ? "asc" : "desc";
  const Arrow = order === "desc" ? ArrowDown : ArrowUp;
  return (
    <Th aria-sort={current ? (order === "desc" ? "descending" : "ascending") : "none"}>
      <button
        type="button"
        className="inline-flex min-h-6 items-center gap-1 hover:text-fg"
        onClick={() => onChange({ sort, order: current ? turned : "" })}
      >
        {label}
        {current ? <Arrow size={12} aria-hidden /> : null}
      </button>
    </Th>
  );
}
