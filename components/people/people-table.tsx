"use client";

import type { ReactNode } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Panel } from "@/components/ui/panel";
import { Table, TableHead, Th } from "@/components/ui/table";
import type { MessageKey } from "@/lib/i18n/message-key";

interface PeopleTableProps {
  title: string;
  /** Their texts; one more, of what may be done, has a name for readers only. */
  columns: readonly MessageKey[];
  /** Its rows. */
  children: ReactNode;
}

/** People, or what is theirs, with what may be done about each. */
export function PeopleTable({ title, columns, children }: PeopleTableProps) {
  const { t } = useT();
  return (
    <Panel title={title}>
      <Table caption={title}>
        <TableHead>
          {columns.map((column) => (
            <Th key={column}>{t(column)}</Th>
          ))}
          <Th>
            <span className="sr-only">{t("people.column.actions")}</span>
          </Th>
        </TableHead>
        <tbody>{children}</tbody>
      </Table>
    </Panel>
  );
}
