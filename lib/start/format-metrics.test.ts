import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { STATUSES } from "@/lib/migration/vocabulary/status";
import { findProjectRoot } from "@/lib/store/project-root";
import { createCounters } from "./counters";
import { formatMetrics } from "./format-metrics";

const root = findProjectRoot();
const guide = readFileSync(join(root, "docs/operations.md"), "utf8");
const panels = readFileSync(join(root, "docs/grafana/chainferry.json"), "utf8").replaceAll('\\"', '"');

function told(eventLoop = { seconds: () => 0 }): string {
  return formatMetrics({
    version: 'x"\\\n',
    health: { steps: [], oldestDueSeconds: 0, uploadBytesPerSecond: 0 },
    migrations: [],
    counters: createCounters(),
    eventLoop,
  });
}

test("alerts and panels ask for metrics, states and outcomes that there are", () => {
  const names = [...told().matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const text of [guide, panels]) {
    const asked = [...text.matchAll(/\bchainferry_\w+(?=[{`)\s["])/g)].map(([name]) => name);
    expect(asked.length).toBeGreaterThan(9);
    // chainferry_app and chainferry_owner are roles of PostgreSQL.
    expect(asked.filter((name) => !names.includes(name) && !/_(?:app|owner)$/.test(name))).toEqual([]);
    const states = [...text.matchAll(/status(?:=~|!~|=)"([\w|]+)"/g)].flatMap(([, all = ""]) =>
      all.split("|"),
    );
    expect(states.length).toBeGreaterThan(2);
    expect(states.filter((state) => !STATUSES.some((status) => status === state))).toEqual([]);
    // Of a number that falls, too, `increase` would take each fall for a start anew.
    for (const [, name] of text.matchAll(/\b(?:increase|rate)\((\w+)/g)) expect(name).toMatch(/_total$/);
  }
});

test("each line is one of the text format, whatever the labels and numbers hold", () => {
  const lines = told({ seconds: () => Number.NaN })
    .trimEnd()
    .split("\n");
  for (const line of lines)
    expect(line).toMatch(
      /^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{\w+="(?:[^"\\]|\\[\\n"])*"(?:,\w+="(?:[^"\\]|\\[\\n"])*")*\})? (?:NaN|-?[\d.]+(?:e[+-]?\d+)?))$/,
    );
  expect(lines).toContain('chainferry_info{version="x\\"\\\\\\n"} 1');
});
