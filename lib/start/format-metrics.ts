import type { IntervalHistogram } from "node:perf_hooks";
import type { Health } from "@/lib/store/read-health";

type EventLoop = Pick<IntervalHistogram, "mean" | "max" | "percentile">;

/**
 * Prometheus' text format, 0.0.4. Without a health the store did not answer, which is a metric itself. Seconds and bytes, as
 * Prometheus names them. https://prometheus.io/docs/instrumenting/exposition_formats
 */
export function formatMetrics(health: Health | null, eventLoop: EventLoop, version: string): string {
  const lines: string[] = [];
  const metric = (
    name: string,
    help: string,
    values: readonly (readonly [labels: string, value: number])[],
  ) => {
    lines.push(`# HELP chainferry_${name} ${help}`, `# TYPE chainferry_${name} gauge`);
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
