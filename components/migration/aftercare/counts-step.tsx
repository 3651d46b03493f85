"use client";

import { useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import type { AftercareView } from "@/lib/contracts/aftercare";
import { ScriptBlock } from "../way-back/script-block";
import { useAftercare } from "./aftercare-context";

/** What is known of the rows on both sides, in a line. */
export function useCountsDetail({ counts, sourceCounts }: AftercareView): string {
  const { t } = useT();
  const format = useFormat();
  if (counts) {
    const { tables, equal, rows } = counts;
    return equal === tables
      ? t("aftercare.counts.equal", { tables: format.number(tables), rows: format.number(rows) })
      : t("aftercare.counts.differ", { tables: format.number(tables), differ: tables - equal });
  }
  if (sourceCounts === null) return t("aftercare.counts.none");
  const { tables, rows } = sourceCounts;
  return t("aftercare.counts.source", { tables: format.number(tables), rows: format.number(rows) });
}

/** The script that counts on RDS, a place for what it printed, and the tables that differ. */
export function CountsStep() {
  const { t } = useT();
  const format = useFormat();
  const { view, act, busy } = useAftercare();
  const [printed, setPrinted] = useState("");
  const { counts, sourceCounts, scripts, countBy } = view;
  const [chosen, setChosen] = useState(countBy[0]?.id ?? "");
  const number = (value: number | null) => (value === null ? "–" : format.number(value));
  return (
    <>
      {sourceCounts ? (
        <>
          <p>{t(countBy.length === 0 ? "aftercare.counts.no_login" : "aftercare.counts.by_login")}</p>
          {countBy.length === 0 ? null : (
            <div className="my-2 flex flex-wrap items-end gap-2">
              <Select
                aria-label={t("aftercare.counts.connection")}
                className="min-w-0"
                value={chosen}
                onChange={(event) => setChosen(event.target.value)}
              >
                {countBy.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
              <Button busy={busy} onClick={() => act({ type: "count_rows", connectionId: chosen })}>
                {t("aftercare.counts.count")}
              </Button>
            </div>
          )}
          <p className="mt-2">{t("aftercare.counts.do")}</p>
          <ScriptBlock label={t("aftercare.counts.script")} script={scripts.counts} />
          <Field label={t("aftercare.counts.printed")} hint={t("aftercare.counts.hint")} className="mt-3">
            {(control) => (
              <textarea
                {...control}
                rows={4}
                value={printed}
                onChange={(event) => setPrinted(event.target.value)}
                className="w-full rounded-md border border-control bg-surface px-2 py-1 font-mono text-cap"
              />
            )}
          </Field>
          <Button
            className="mt-2"
            busy={busy}
            onClick={() => act({ type: "compare_counts", printed }, () => setPrinted(""))}
          >
            {t("aftercare.counts.compare")}
          </Button>
        </>
      ) : null}
      {counts && counts.differing.length > 0 ? (
        <div className="mt-3 rounded-md border border-border">
          <Table caption={t("event.aftercare.row_counts")} compact>
            <TableHead>
              <Th>{t("aftercare.counts.table")}</Th>
              <Th>{t("aftercare.counts.at_source")}</Th>
              <Th>{t("aftercare.counts.at_rds")}</Th>
            </TableHead>
            <tbody>
              {counts.differing.map(({ table, source, target }) => (
                <Tr key={table}>
                  <Td className="wrap-anywhere">{table}</Td>
                  <Td>{number(source)}</Td>
                  <Td>{number(target)}</Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        </div>
      ) : null}
    </>
  );
}
