"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Mono } from "@/components/ui/mono";
import { SkeletonLines } from "@/components/ui/skeleton";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import { auditQuery } from "@/lib/client/audit-queries";
import type { AuditEntryView, AuditQuery } from "@/lib/contracts/audit";
import { AuditFilterBar } from "./audit-filter-bar";

const COLUMNS = ["at", "who", "what", "outcome"] as const;
const ALL: AuditQuery = { person: "", action: "", outcome: null, from: null, to: null, before: "" };

/** Who did what, and what was refused, the newest first: for administrators. */
export function AuditScreen() {
  const { t } = useT();
  const [query, setQuery] = useState<AuditQuery>(ALL);
  const page = useQuery(auditQuery(query));
  const { data } = page;
  return (
    <div className="page">
      <h1>{t("audit.title")}</h1>
      <p className="mb-4 text-fg-2">{t("audit.intro")}</p>
      <AuditFilterBar
        query={query}
        onChange={(patch) => setQuery({ ...ALL, ...query, ...patch, before: "" })}
      />
      {data ? null : <QueryError query={page} title={t("audit.failed")} />}
      {page.isPending ? <SkeletonLines lines={6} label={t("audit.loading")} /> : null}
      {data ? (
        <div className="panel overflow-hidden" aria-busy={page.isPlaceholderData}>
          {data.entries.length === 0 ? (
            <EmptyState title={t("audit.nothing")} />
          ) : (
            <Table caption={t("audit.title")} compact>
              <TableHead>
                {COLUMNS.map((column) => (
                  <Th key={column}>{t(`audit.column.${column}`)}</Th>
                ))}
              </TableHead>
              <tbody>
                {data.entries.map((entry) => (
                  <EntryRow key={entry.seq} entry={entry} />
                ))}
              </tbody>
            </Table>
          )}
        </div>
      ) : null}
      <nav aria-label={t("audit.pages")} className="mt-2 flex gap-2 print:hidden">
        {query.before === "" ? null : (
          <Button size="sm" onClick={() => setQuery({ ...query, before: "" })}>
            {t("audit.first")}
          </Button>
        )}
        {data?.next ? (
          <Button size="sm" onClick={() => setQuery({ ...query, before: String(data.next ?? "") })}>
            {t("audit.next")}
          </Button>
        ) : null}
      </nav>
    </div>
  );
}

function EntryRow({ entry }: { entry: AuditEntryView }) {
  const { t } = useT();
  const { seq, at, actor, role, address, action, subject, outcome, detail } = entry;
  return (
    <Tr>
      <Td className="whitespace-nowrap align-top">
        <Timestamp at={at} style="full" />
        <span className="block text-cap text-fg-2">{t("audit.number", { number: seq })}</span>
      </Td>
      <Td className="min-w-32 align-top wrap-anywhere">
        <span className="font-semibold">{actor}</span>
        <span className="block text-cap text-fg-2">
          {role} {address}
        </span>
      </Td>
      <Td className="min-w-56 align-top wrap-anywhere">
        <Mono>{action}</Mono> {subject}
        {detail === "" ? null : <span className="block text-cap text-fg-2">{detail}</span>}
      </Td>
      <Td className="align-top">
        <span className={outcome === "done" ? "" : "font-semibold text-status-danger"}>
          {t(`audit.outcome.${outcome}`)}
        </span>
      </Td>
    </Tr>
  );
}
