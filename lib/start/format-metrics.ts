import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import { STEP_KINDS } from "@/lib/migration/generated/step-kinds";
import type { Status } from "@/lib/migration/vocabulary/status";
import type { Health } from "@/lib/store/read-health";
import type { Counters } from "./counters";
import type { LoopDelay } from "./loop-delay";

/** What there is to be told; what is null could not be asked. */
export interface Measured {
  version: string;
  health: Health | null;
  /** Of those that are under way, the gap and the forecast are told. */
  migrations:
    | readonly Pick<
        MigrationSummaryView,
        "id" | "status" | "startedAt" | "finishedAt" | "gapSeconds" | "forecast"
      >[]
    | null;
  counters: Pick<Counters, "rdsCalls" | "leaseLosses"> | null;
  eventLoop: Pick<LoopDelay, "seconds">;
}

/** In which somebody is needed. Of each kind they are told when there are none, too: of what was not there before Prometheus sees no rise. */
const CALLING = ["failed", "refused", "unknown", "waiting_for_user"] as const satisfies readonly Status[];
const OVER: ReadonlySet<Status> = new Set(["succeeded", "cancelled"]);

/**
 * Prometheus' text format, 0.0.4. Without a health the store did not answer, which is a metric itself. Seconds and bytes, as
 * Prometheus names them. https://prometheus.io/docs/instrumenting/exposition_formats
 */
export function formatMetrics({ version, health, migrations, counters, eventLoop }: Measured): string {
  const lines: string[] = [];
  const metric = (
    name: string,
    help: string,
    values: readonly (readonly [labels: string, value: number])[],
  ) => {
    const type = name.endsWith("_total") ? "counter" : "gauge";
    lines.push(`# HELP chainferry_${name} ${help}`, `# TYPE chainferry_${name} ${type}`);
    for (const [labels, value] of values)
      lines.push(`chainferry_${name}${labels} ${Number.isFinite(value) ? value : "NaN"}`);
  };
  metric("info", "The version that runs.", [[label({ version }), 1]]);
  metric("store_up", "Whether the store answers.", [["", health === null ? 0 : 1]]);
  if (health !== null) {
    const counted = new Map<string, number>(
      STEP_KINDS.flatMap((kind) => CALLING.map((status) => [label({ kind, status }), 0] as const)),
    );
    for (const { kind, status, steps } of health.steps) counted.set(label({ kind, status }), steps);
    metric("steps", "Steps by kind and state.", [...counted]);
    metric("oldest_due_step_seconds", "How long the step that waits longest for a worker has been due.", [
      ["", health.oldestDueSeconds],
    ]);
    metric("upload_bytes_per_second", "What all uploads under way send together, of all processes.", [
      ["", health.uploadBytesPerSecond],
    ]);
  }
  if (migrations !== null) {
    const counted = new Map<Status, number>(CALLING.map((status) => [status, 0]));
    for (const { status, startedAt } of migrations) {
      if (startedAt !== null && !OVER.has(status)) counted.set(status, (counted.get(status) ?? 0) + 1);
    }
    metric(
      "migrations",
      "Migrations that were started and are not over, by state.",
      [...counted].map(([status, count]) => [label({ status }), count]),
    );
    const underWay = migrations.filter(
      ({ startedAt, finishedAt }) => startedAt !== null && finishedAt === null,
    );
    metric(
      "gap_seconds",
      "Data of the source that the target does not hold yet.",
      underWay.flatMap(({ id, gapSeconds }) =>
        gapSeconds === null ? [] : [[label({ migration: id }), gapSeconds]],
      ),
    );
    metric(
      "forecast_downtime_seconds",
      "What a cutover would take, were it begun now.",
      underWay.flatMap(({ id, forecast }) => {
        if (forecast === null) return [];
        const { p50, p90 } = forecast.downtimeSeconds;
        return [
          [label({ migration: id, quantile: "0.5" }), p50],
          [label({ migration: id, quantile: "0.9" }), p90],
        ];
      }),
    );
  }
  if (counters !== null) {
    metric(
      "rds_calls_total",
      "Calls of this process to RDS and RAM, by API and how they ended.",
      counters.rdsCalls().map(({ call, outcome, count }) => [label({ call, outcome }), count]),
    );
    metric("lease_losses_total", "Steps that another process took from this one, which it did not hear of.", [
      ["", counters.leaseLosses()],
    ]);
  }
  metric(
    "event_loop_delay_seconds",
    "Delay of this process's event loop in the last minute or two.",
    [0.5, 0.99, 1].map((quantile) => [label({ quantile: String(quantile) }), eventLoop.seconds(quantile)]),
  );
  metric("resident_memory_bytes", "Memory of this process.", [["", process.memoryUsage.rss()]]);
  return `${lines.join("\n")}\n`;
}

function label(values: Readonly<Record<string, string>>): string {
  const parts = Object.entries(values).map(
    ([name, value]) =>
      `${name}="${value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"')}"`,
  );
  return `{${parts.join(",")}}`;
}
