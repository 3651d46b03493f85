import { describe, expect, it } from "vitest";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import { arrangeMigrations, NO_FILTER } from "./arrange-migrations";
import { readFilter, writeFilter } from "./filter-url";
import { directionOf, nextSort, sortRows } from "./sort-rows";

function migration(name: string, over: Partial<MigrationSummaryView>): MigrationSummaryView {
  return {
    id: name,
    name,
    status: "running",
    phase: "rounds",
    sandbox: false,
    method: "access_pending",
    source: { connectionId: "s", name: "PROD-SQL-01", database: name },
    target: { connectionId: "c", instanceId: "rm-1", database: name },
    needs: null,
    targetHoldsUntilLocal: null,
    sourceOffsetMinutes: null,
    custody: null,
    isArmed: false,
    gapSeconds: null,
    stages: [],
    forecast: null,
    importsToday: { used: 0, limit: 20 },
    filesImported: 0,
    createdAt: "2026-05-16T00:00:00Z",
    startedAt: "2026-05-16T00:00:00Z",
    finishedAt: null,
    createdBy: "local",
    ...over,
  };
}

const ALL = [
  migration("Old", { status: "succeeded", finishedAt: "2026-05-16T02:00:00Z" }),
  migration("SalesDB", { startedAt: "2026-05-16T03:00:00Z" }),
  migration("HRCore", {
    startedAt: "2026-05-16T04:00:00Z",
    target: { connectionId: "c", instanceId: "rm-2", database: "HR" },
  }),
  migration("Draft", { status: "draft", startedAt: null, needs: { key: "finish_draft", params: {} } }),
  migration("CRM", { status: "failed", needs: { key: "step_failed", params: {} } }),
];
const names = (filter: Partial<typeof NO_FILTER>) =>
  arrangeMigrations(ALL, { ...NO_FILTER, ...filter }).groups.map(({ group, migrations }) => [
    group,
    ...migrations.map(({ name }) => name),
  ]);

describe("arrangeMigrations", () => {
  it("puts what needs a person first, then what runs, newest first, then drafts and what has ended", () => {
    expect(names({})).toEqual([
      ["needs", "CRM"],
      ["running", "HRCore", "SalesDB"],
      ["drafts", "Draft"],
      ["ended", "Old"],
    ]);
  });

  it("filters by words, status, instance and need", () => {
    expect(names({ text: "sales" })).toEqual([["running", "SalesDB"]]);
    expect(names({ text: "prod-sql" }).flat()).toHaveLength(9);
    expect(names({ status: "failed" })).toEqual([["needs", "CRM"]]);
    expect(names({ instance: "rm-2" })).toEqual([["running", "HRCore"]]);
    expect(names({ needsYou: true })).toEqual([["needs", "CRM"]]);
    expect(names({ text: "nothing like it" })).toEqual([]);
  });

  it("counts over all, whatever the filter", () => {
    const arranged = arrangeMigrations(ALL, { ...NO_FILTER, text: "sales" });
    expect([
      arranged.matching,
      arranged.total,
      arranged.needsYou,
      arranged.running,
      arranged.instances,
    ]).toEqual([1, 5, 1, 3, ["rm-1", "rm-2"]]);
  });
});

describe("rows in the order of a column", () => {
  const gap = (name: string, gapSeconds: number | null) => migration(name, { gapSeconds });
  const rows = [gap("B", 60), gap("unknown", null), gap("A", 600), gap("C", 60)];
  const order = (sort: string) => sortRows(rows, sort).map(({ name }) => name);

  it("holds both ways, what is not known last, equal ones as they came", () => {
    expect(order("gap")).toEqual(["B", "C", "A", "unknown"]);
    expect(order("-gap")).toEqual(["A", "B", "C", "unknown"]);
    expect(order("database")).toEqual(["A", "B", "C", "unknown"]);
    expect(order("")).toEqual(["B", "unknown", "A", "C"]);
    expect(order("constructor")).toEqual(["B", "unknown", "A", "C"]);
  });

  it("goes up, down, and away", () => {
    expect([nextSort("", "gap"), nextSort("gap", "gap"), nextSort("-gap", "gap")]).toEqual([
      "gap",
      "-gap",
      "",
    ]);
    expect(nextSort("-gap", "phase")).toBe("phase");
    expect(directionOf("-gap", "gap")).toBe("descending");
  });
});

describe("the filter in the URL", () => {
  it("comes back as it went", () => {
    const chosen = { text: "sales & more", status: "running" as const, instance: "rm-1" };
    const filter = { ...chosen, needsYou: true, sort: "-gap" };
    expect(readFilter(new URLSearchParams(writeFilter(filter)))).toEqual(filter);
    expect(writeFilter(NO_FILTER)).toBe("");
  });

  it("ignores what it does not know", () => {
    expect(readFilter(new URLSearchParams("status=exploded&needs=them"))).toEqual(NO_FILTER);
  });
});
