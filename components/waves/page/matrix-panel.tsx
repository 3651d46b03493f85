"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, CircleHelp, CircleX, RefreshCw, TriangleAlert } from "lucide-react";
import { useEffect } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { replaceQuery } from "@/components/shell/replace-query";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import { TONE_TEXT, type Tone } from "@/components/ui/tone";
import { planWave, runWavePreflight, wavePreflightQuery } from "@/lib/client/wave-queries";
import type { CellVerdict, WavePreflightView, WaveView } from "@/lib/contracts/wave";
import { MATRIX_COLUMNS } from "@/lib/contracts/wave-matrix";
import { LOOK_OVER } from "../look-over";

const CELLS: Record<CellVerdict, { tone: Tone; glyph: typeof CircleCheck; look: string }> = {
  pass: { tone: "success", glyph: CircleCheck, look: "" },
  accepted: { tone: "warning", glyph: TriangleAlert, look: "" },
  warn: { tone: "warning", glyph: TriangleAlert, look: "bg-status-warning-tint" },
  unknown: { tone: "neutral", glyph: CircleHelp, look: "" },
  block: { tone: "danger", glyph: CircleX, look: "bg-status-danger-tint" },
};

/** One preflight for all: a row a database, a column for what its probes are about. */
export function MatrixPanel({ wave }: { wave: WaveView }) {
  const { t } = useT();
  const format = useFormat();
  const matrix = useQuery(wavePreflightQuery(wave.id));
  const client = useQueryClient();
  const { mutate: look, ...run } = useMutation(runWavePreflight(client, wave.id));
  const { mutate: plan } = useMutation(planWave(client, wave.id));
  const isDraft = wave.status === "draft";
  useEffect(() => {
    // Saved just now: what the button promised.
    if (!isDraft || !new URLSearchParams(location.search).has(LOOK_OVER)) return;
    replaceQuery("");
    look();
    plan();
  }, [isDraft, look, plan]);
  const rows = matrix.data?.rows ?? [];
  const looked = rows.filter(({ at }) => at !== null);
  const sum = (cell: CellVerdict) => rows.reduce((total, { counts }) => total + counts[cell], 0);
  return (
    <Panel
      title={t("wave.matrix")}
      note={
        looked.length === 0
          ? t("wave.matrix.never")
          : t("wave.matrix.note", {
              ...{ pass: sum("pass"), accepted: sum("accepted"), warn: sum("warn") },
              ...{ block: sum("block"), unknown: sum("unknown") },
            })
      }
      actions={
        <Button size="sm" icon={RefreshCw} busy={run.isPending} onClick={() => look()}>
          {t(run.isPending ? "wave.matrix.running" : "wave.matrix.run")}
        </Button>
      }
    >
      {run.error ? <ErrorPanel title={t("wave.matrix.failed")} error={run.error} className="m-4" /> : null}
      {matrix.data ? null : <QueryError query={matrix} title={t("wave.matrix.failed")} className="m-4" />}
      {matrix.data?.instances.map(({ instanceId, freeBytes, neededBytes, beside }) => {
        if (freeBytes === null || neededBytes === null) return null;
        const isShort = neededBytes + beside.bytes > freeBytes;
        const said = {
          instance: instanceId,
          needed: format.bytes(neededBytes),
          free: format.bytes(freeBytes),
        };
        return (
          <p
            key={instanceId}
            className={`px-4 pt-2 text-cap ${isShort ? "font-medium text-status-danger" : "text-fg-2"}`}
          >
            {beside.bytes === 0
              ? t("wave.matrix.space", said)
              : t("wave.matrix.space.beside", {
                  ...said,
                  count: beside.count,
                  beside: format.bytes(beside.bytes),
                })}
            {isShort ? ` · ${t("wave.matrix.space.short")}` : null}
          </p>
        );
      })}
      {rows.length > 0 ? <Matrix wave={wave} rows={rows} /> : null}
    </Panel>
  );
}

function Matrix({ wave, rows }: { wave: WaveView; rows: WavePreflightView["rows"] }) {
  const { t } = useT();
  return (
    <Table compact caption={t("wave.matrix.caption")}>
      <TableHead>
        <Th>{t("wave.form.col.database")}</Th>
        {MATRIX_COLUMNS.map((column) => (
          <Th key={column} className="whitespace-normal px-1.5 text-center">
            {t(`wave.column.${column}`)}
          </Th>
        ))}
        <Th>{t("wave.matrix.says")}</Th>
      </TableHead>
      <tbody>
        {rows.map((row) => (
          <MatrixRow
            key={row.migrationId}
            row={row}
            name={
              wave.members.find(({ migration }) => migration.id === row.migrationId)?.migration.name ?? ""
            }
          />
        ))}
      </tbody>
    </Table>
  );
}

function MatrixRow({ row, name }: { row: WavePreflightView["rows"][number]; name: string }) {
  const { t, tx } = useT();
  const { worst, at } = row;
  return (
    <Tr>
      <Td>
        <Link href={`/migrations/${row.migrationId}`} className="link font-medium">
          {name}
        </Link>
      </Td>
      {MATRIX_COLUMNS.map((column) => {
        const verdict = row.cells[column];
        if (verdict === undefined)
          return (
            <Td key={column} className="px-1.5 text-center text-fg-3">
              –
            </Td>
          );
        const { tone, glyph: Glyph, look } = CELLS[verdict];
        return (
          <Td key={column} className={`px-1.5 text-center ${look}`}>
            <Glyph
              size={16}
              strokeWidth={1.75}
              role="img"
              aria-label={`${t(`wave.column.${column}`)}: ${t(`wave.cell.${verdict}`)}`}
              className={`inline ${TONE_TEXT[tone]}`}
            />
          </Td>
        );
      })}
      <Td className="text-cap text-fg-2">
        {worst === null
          ? at === null
            ? "–"
            : t("wave.matrix.fine")
          : tx(`probe.${worst.id}.title`, worst.params, worst.id)}
      </Td>
    </Tr>
  );
}
