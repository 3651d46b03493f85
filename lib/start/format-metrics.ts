import type { IntervalHistogram } from "node:perf_hooks";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import type { Health } from "@/lib/store/read-health";
import type { Counters } from "./counters";

type EventLoop = Pick<IntervalHistogram, "mean" | "max" | "percentile">;

/** What there is to be told; what is null could not be asked. */
export interface Measured {
  version: string;
  health: Health | null;
  /** Of those that are under way, the gap and the forecast are told. */
  migrations:
    | readonly Pick<MigrationSummaryView, "id" | "startedAt" | "finishedAt" | "gapSeconds" | "forecast">[]
    | null;
  counters: Pick<Counters, "rdsCalls" | "leaseLosses"> | null;
  eventLoop: EventLoop;
}

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
      lines.push(`chainferry_${name}${labels} ${Number.isFinite(value) ? value : 0}`);
  };
  metric("info", "The version that runs.", [[label({ version }), 1]]);
  metric("store_up", "Whether the store answers.", [["", health === null ? 0 : 1]]);
  if (health !== null) {
    metric(
      "steps",
      "Steps by kind and state.",
      health.steps.map(({ kind, status, steps }) => [label({ kind, status }), steps]),
    );
    metric("oldest_due_step_seconds", "How long the step that waits longest for a worker has been due.", [
      ["", health.oldestDueSeconds],
    ]);
    metric("upload_bytes_per_second", "What all uploads under way send together, of all processes.", [
      ["", health.uploadBytesPerSecond],
    ]);
  }
  if (migrations !== null) {
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
  const seconds = (nanoseconds: number) => nanoseconds / 1e9;
  metric("event_loop_delay_seconds", "Delay of this process's event loop.", [
    [label({ quantile: "0.5" }), seconds(eventLoop.percentile(50))],
    [label({ quantile: "0.99" }), seconds(eventLoop.percentile(99))],
    [label({ quantile: "1" }), seconds(eventLoop.max)],
  ]);
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
