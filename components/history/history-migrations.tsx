"use client";

import { useQuery } from "@tanstack/react-query";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { StatusWord } from "@/components/status/status-word";
import { Link } from "@/components/ui/link";
import { Mono } from "@/components/ui/mono";
import { Td, Tr } from "@/components/ui/table";
import { historyMigrationsQuery } from "@/lib/client/history-queries";
import type { HistoryMigrationView } from "@/lib/contracts/history";
import { type HistoryColumn, HistoryPage, type HistoryRowsProps } from "./history-page";

const COLUMNS: readonly HistoryColumn[] = [
  { name: "database", sort: "database" },
  { name: "instance", sort: "instance" },
  { name: "started", sort: "started" },
  { name: "ended", sort: "ended" },
  { name: "status", sort: "status" },
  { name: "files" },
  { name: "ticket" },
  { name: "person", sort: "person" },
];

/** Migrations, drafts and cancelled ones too. */
export function HistoryMigrations({ query, onChange }: HistoryRowsProps) {
  const page = useQuery(historyMigrationsQuery(query));
  return (
    <HistoryPage page={page} columns={COLUMNS} query={query} onChange={onChange}>
      {(rows) => rows.map((row) => <MigrationRow key={row.id} row={row} />)}
    </HistoryPage>
  );
}

function MigrationRow({ row }: { row: HistoryMigrationView }) {
  const { t } = useT();
  return (
    <Tr>
      <Td className="min-w-40 align-top wrap-anywhere">
        <Link href={`/migrations/${encodeURIComponent(row.id)}`} className="link font-semibold">
          {row.sourceDatabase ?? row.name}
        </Link>
        <span className="block text-cap text-fg-3">
          {row.method ? t(`field.method.${row.method}`) : t(`migration.phase.${row.phase}`)}
        </span>
      </Td>
      <Td className="align-top">
        <Mono>{row.instanceId ?? "–"}</Mono>
        <span className="block text-cap text-fg-2">{row.account}</span>
      </Td>
      <Td className="align-top">
        <Timestamp at={row.startedAt ?? row.createdAt} style="full" />
      </Td>
      <Td className="align-top">
        <Timestamp at={row.finishedAt} style="full" />
      </Td>
      <Td className="align-top">
        <StatusWord status={row.status} small />
      </Td>
      <Td className="align-top">{row.files}</Td>
      <Td className="align-top wrap-anywhere">{row.ticket}</Td>
      <Td className="align-top">{row.person}</Td>
    </Tr>
  );
}
