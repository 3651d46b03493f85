"use client";

import { Search } from "lucide-react";
import { useState } from "react";
import { Bytes } from "@/components/locale/bytes";
import { useLocale, useT } from "@/components/locale/i18n-provider";
import { Tag } from "@/components/ui/badge";
import { Lsn } from "@/components/ui/mono";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import { TextInput } from "@/components/ui/text-input";
import type { SourceDatabaseView } from "@/lib/contracts/catalog";
import { compareNames } from "@/lib/format/compare-names";
import { fieldId } from "../draft/step-props";

const FILTER_FROM = 8;

interface DatabaseTableProps {
  server: string;
  databases: SourceDatabaseView[];
  chosen: string | null;
  onChoose: (database: SourceDatabaseView) => void;
}

/** Databases of a server; one that cannot be backed up as it is says why. */
export function DatabaseTable({ server, databases, chosen, onChoose }: DatabaseTableProps) {
  const { t } = useT();
  const locale = useLocale();
  const [query, setQuery] = useState("");
  const shown = databases
    .filter(({ name }) => name.toLowerCase().includes(query.trim().toLowerCase()))
    .toSorted((a, b) => compareNames(a.name, b.name, locale));
  if (databases.length === 0) {
    return <p className="px-4 py-4 text-fg-2 text-table">{t("wizard.source.databases.none")}</p>;
  }
  return (
    <>
      {databases.length >= FILTER_FROM ? (
        <div className="border-b border-border p-2">
          <TextInput
            icon={Search}
            aria-label={t("wizard.source.databases.filter")}
            placeholder={t("wizard.source.databases.filter")}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </div>
      ) : null}
      {shown.length === 0 ? (
        <p className="flex gap-3 px-4 py-4 text-fg-2 text-table">
          {t("wizard.source.databases.noMatch", { query: query.trim() })}
          <button type="button" className="link" onClick={() => setQuery("")}>
            {t("wizard.source.clearFilter")}
          </button>
        </p>
      ) : (
        <Table compact caption={t("wizard.source.databases.caption", { server })}>
          <TableHead>
            <Th>
              <span className="sr-only">{t("wizard.source.col.choose")}</span>
            </Th>
            <Th>{t("wizard.source.col.name")}</Th>
            <Th className="@max-md:hidden">{t("wizard.source.col.state")}</Th>
            <Th>{t("wizard.source.col.recovery")}</Th>
            <Th numeric>{t("wizard.source.col.size")}</Th>
            <Th numeric className="@max-xl:hidden">
              {t("wizard.source.col.log")}
            </Th>
            <Th className="@max-xl:hidden">{t("wizard.source.col.lastLog")}</Th>
          </TableHead>
          <tbody>
            {shown.map((database, index) => (
              <DatabaseRow
                key={database.name}
                database={database}
                checked={database.name === chosen}
                inputId={
                  database.name === chosen || (chosen === null && index === 0)
                    ? fieldId("sourceDatabase")
                    : undefined
                }
                onChoose={() => onChoose(database)}
              />
            ))}
          </tbody>
        </Table>
      )}
    </>
  );
}

function DatabaseRow({
  database,
  checked,
  inputId,
  onChoose,
}: {
  database: SourceDatabaseView;
  checked: boolean;
  inputId: string | undefined;
  onChoose: () => void;
}) {
  const { t, tx } = useT();
  const online = database.state === "ONLINE";
  const note = !online
    ? t("wizard.source.notOnline")
    : database.recoveryModel === "SIMPLE"
      ? t("wizard.source.simple")
      : "";
  const access = tx(`wizard.source.access.${database.userAccess}`, {}, "");
  return (
    <Tr selected={checked}>
      <Td>
        <input
          type="radio"
          name="wizard-database"
          {...(inputId && { id: inputId })}
          value={database.name}
          checked={checked}
          disabled={!online && !checked}
          onChange={onChoose}
          aria-label={database.name}
          className="mt-0.5 size-4 accent-accent-solid"
        />
      </Td>
      <Td>
        <span className="font-medium">{database.name}</span>{" "}
        {database.encrypted ? <Tag>{t("wizard.source.tde")}</Tag> : null}
        {note ? <span className="block text-cap text-fg-2">{note}</span> : null}
      </Td>
      <Td className="@max-md:hidden">
        {database.state}
        {access ? <span className="block text-cap text-fg-2">{access}</span> : null}
      </Td>
      <Td className={database.recoveryModel === "FULL" ? "" : "font-medium text-status-warning"}>
        {database.recoveryModel}
      </Td>
      <Td numeric>
        <Bytes bytes={database.dataBytes} />
      </Td>
      <Td numeric className="@max-xl:hidden">
        <Bytes bytes={database.logBytes} />
      </Td>
      <Td className="whitespace-nowrap text-cap @max-xl:hidden">
        {database.lastLogBackupLsn === null ? (
          <span className="text-fg-2">{t("wizard.source.noLogBackup")}</span>
        ) : (
          <Lsn lsn={database.lastLogBackupLsn} />
        )}
      </Td>
    </Tr>
  );
}
