"use client";

import clsx from "clsx";
import type { ReactNode } from "react";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useNow } from "@/components/locale/use-now";
import type { MigrationView } from "@/lib/contracts/migration";
import { formatOffset, formatSourceTime } from "@/lib/format/format-instant";

const CUTOVER_IMPORTS = 2;

const GapSparkline = latePiece({
  texts: ["migration"],
  load: async () => (await import("./gap-sparkline")).GapSparkline,
});

/** The four numbers that a team lead asks for. */
export function FactTiles({ view }: { view: MigrationView }) {
  return (
    <dl className="mt-4 grid grid-cols-1 gap-px overflow-hidden rounded-md border border-border bg-border min-[420px]:grid-cols-2 md:grid-cols-4">
      <GapTile view={view} />
      <DowntimeTile view={view} />
      <ImportsTile view={view} />
      <PendingTile view={view} />
    </dl>
  );
}

function Tile({
  label,
  value,
  small,
  children,
}: {
  label: string;
  value: ReactNode;
  small?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="min-w-0 bg-surface px-4 py-3">
      <dt className="font-medium text-cap text-fg-2">{label}</dt>
      <dd className="mt-0.5 font-semibold text-page">
        {value} {small ? <span className="font-medium text-fg-2 text-table">{small}</span> : null}
      </dd>
      {/* Two lines, also where one would do: what stands below keeps its place while the words change. */}
      <dd className="mt-1 min-h-9 text-cap text-fg-2">{children}</dd>
    </div>
  );
}

/** A date does not break after its hyphens. */
const unbroken = (text: string) => text.replaceAll("-", "-\u2060");
const Unknown = () => <span className="text-fg-3">–</span>;

function GapTile({ view }: { view: MigrationView }) {
  const { t } = useT();
  const format = useFormat();
  const closed = view.cutover?.onlineAt != null;
  const frozen = closed || view.finishedAt !== null || view.cutover?.writesStoppedAt != null;
  const now = useNow(!frozen && view.gapSeconds !== null);
  if (closed || view.gapSeconds === null) {
    return (
      <Tile label={t("migration.fact.gap")} value={closed ? format.duration(0) : <Unknown />}>
        {closed ? t("migration.fact.gap_closed") : t("migration.fact.gap_none")}
      </Tile>
    );
  }
  const since = frozen ? 0 : Math.max(0, now - Date.parse(view.serverNow));
  const zone =
    view.sourceOffsetMinutes === null ? t("format.zone_unknown") : formatOffset(view.sourceOffsetMinutes);
  return (
    <Tile label={t("migration.fact.gap")} value={format.duration(view.gapSeconds * 1000 + since)}>
      {view.targetHoldsUntilLocal
        ? `${t("migration.fact.gap_note", { time: unbroken(formatSourceTime(view.targetHoldsUntilLocal)) })} (${zone})`
        : null}
      <span className="mt-1 block h-6">
        <GapSparkline view={view} />
      </span>
    </Tile>
  );
}

function DowntimeTile({ view }: { view: MigrationView }) {
  const { t } = useT();
  const format = useFormat();
  const { cutover } = view;
  const forecast = cutover ? requestedForecast(cutover) : (view.forecast?.downtimeSeconds ?? null);
  const actual = view.cutover?.downtimeSeconds ?? null;
  if (actual !== null) {
    return (
      <Tile label={t("migration.fact.downtime")} value={format.duration(actual * 1000)}>
        {forecast === null
          ? t("migration.fact.downtime_noforecast")
          : t("migration.fact.downtime_note", { duration: format.range(forecast) })}
      </Tile>
    );
  }
  return (
    <Tile
      label={t("migration.fact.forecast")}
      value={forecast === null ? <Unknown /> : format.range(forecast)}
    >
      {forecast === null ? t("migration.fact.forecast_none") : t("migration.fact.forecast_note")}
    </Tile>
  );
}

/** One that an earlier version kept has no P90. */
function requestedForecast(
  cutover: NonNullable<MigrationView["cutover"]>,
): { p50: number; p90: number } | null {
  const { forecastSeconds: p50, forecastP90Seconds: p90 } = cutover;
  return p50 === null ? null : { p50, p90: p90 ?? p50 };
}

function ImportsTile({ view }: { view: MigrationView }) {
  const { t } = useT();
  const { used, limit } = view.importsToday;
  const left = Math.max(0, limit - used);
  const pips = Array.from({ length: Math.min(limit, 40) }, (_, index) => `pip-${index}`);
  return (
    <Tile label={t("migration.fact.imports")} value={left} small={t("migration.fact.imports_of", { limit })}>
      <span
        role="img"
        aria-label={t("migration.fact.imports_pips", { used, left })}
        className="mt-1 mb-1 flex gap-0.5"
      >
        {pips.map((pip, index) => (
          <span
            key={pip}
            className={clsx(
              "h-1.5 flex-1 rounded-[1px]",
              index < used
                ? "bg-surface-3"
                : index >= limit - CUTOVER_IMPORTS
                  ? "border border-fg-2"
                  : "bg-status-neutral-fill",
            )}
          />
        ))}
      </span>
      {t("migration.fact.imports_note")}
    </Tile>
  );
}

function PendingTile({ view }: { view: MigrationView }) {
  const { t } = useT();
  const format = useFormat();
  const count = (...states: string[]) => view.files.filter((file) => states.includes(file.state)).length;
  const uploading = count("written", "uploading");
  const importing = count("uploaded", "inspected", "importing");
  const held = count("refused", "failed");
  const pending = uploading + importing + held;
  const bytes = view.files
    .filter((file) => !["imported", "skipped"].includes(file.state))
    .reduce((sum, file) => sum + (file.sizeBytes ?? 0), 0);
  return (
    <Tile
      label={t("migration.fact.pending")}
      value={pending}
      small={pending > 0 && bytes > 0 ? format.bytes(bytes) : null}
    >
      {pending === 0
        ? t("migration.fact.pending_none")
        : t("migration.fact.pending_note", { uploading, importing, held })}
    </Tile>
  );
}
