import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import { mergeChanges } from "@/lib/client/changed-list";
import type { ForecastView } from "@/lib/contracts/forecast";
import { MigrationListChanges } from "@/lib/contracts/list-changes";
import { MigrationListView } from "@/lib/contracts/migration-list";
import type { KeptSummary } from "@/lib/plan/kept-summary";
import { ListHistory } from "./list-history";
import type { Listed, ReadingFacts } from "./listed-row";
import { MigrationList } from "./migration-list";
import type { SummaryColumns } from "./migration-view";

const BEGAN_MS = Date.UTC(2026, 4, 4, 8);
const COLUMNS: SummaryColumns = {
  ...{ id: "m", name: "m", sandbox: false, sourceConnectionId: null, sourceDatabase: "Sales", armed: null },
  ...{ cloudConnectionId: null, instanceId: "rm-1", targetDatabase: "Sales", createdBy: "t", source: null },
  ...{ writesStoppedAt: null, onlineAt: null, startedAt: new Date(BEGAN_MS), finishedAt: null },
  createdAt: new Date(BEGAN_MS),
};
const KEPT: KeptSummary = {
  ...{ format: 2, untilMs: null, status: "running", phase: "rounds", needs: null, method: "access_pending" },
  ...{ checkMode: null, custody: null, stages: [], filesImported: 1 },
  heldUntil: { untilLocal: null, untilMs: null },
  ground: { limitBytes: 1, rounds: [], counted: { files: 1, logs: 0 }, rehearsal: null },
};

/** The store behind the lists, as a reading finds it. */
class World {
  nowMs = BEGAN_MS;
  imports = new Map<string, number>();
  readonly rows = new Map<string, Listed>();
  readonly forecasts = new Map<string, ForecastView>();
  history = new ListHistory();
  private importsUsed: ReadingFacts["importsUsed"] = this.count();

  /** Another object, as of a row that was read again. */
  put(id: string, columns: Partial<SummaryColumns>, kept: Partial<KeptSummary> = {}): void {
    const before = this.rows.get(id);
    if (before !== undefined && "column" in before.kept) return;
    const to = { ...(before?.columns ?? COLUMNS), ...columns, id, name: id };
    this.rows.set(id, { mark: "", columns: to, kept: { ...(before?.kept ?? KEPT), ...kept } });
  }

  count(): ReadingFacts["importsUsed"] {
    const imports = new Map(this.imports);
    this.importsUsed = (instanceId) => ({
      ofDatabase: imports.get(instanceId) ?? 0,
      ofInstance: imports.get(instanceId) ?? 0,
      promised: 0,
    });
    return this.importsUsed;
  }

  read(): MigrationList {
    const rows = [...this.rows.values()].sort(
      ({ columns: a }, { columns: b }) =>
        b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1),
    );
    const forecasts = { newest: (id: string) => this.forecasts.get(id) ?? null };
    const { importsUsed, nowMs, history } = this;
    return MigrationList.of(
      rows,
      { forecasts, importsUsed, now: new Date(nowMs), others: rows.length },
      history,
    );
  }
}

/** An open page. */
class Page {
  view: MigrationListView | null = null;
  /** Of migrations of which anything was written since it asked. */
  touched = new Set<string>();

  ask(list: MigrationList): void {
    const whole = MigrationListView.parse(list.view());
    const before = this.view;
    if (before?.cursor === undefined) {
      this.view = whole;
      return;
    }
    const copy = structuredClone(before);
    const changes = MigrationListChanges.parse(JSON.parse(list.changesJson(before.cursor)));
    this.view = mergeChanges(before, changes);
    expect(this.view).toEqual(whole);
    expect(before).toEqual(copy);
    if (!changes.whole) {
      const sent = [...changes.migrations.map(({ id }) => id), ...changes.gone];
      expect(sent.filter((id) => !this.touched.has(id))).toEqual([]);
      const stayed = this.view.migrations.filter((now) =>
        before.migrations.some((then) => then.id === now.id && then.gapSeconds === now.gapSeconds),
      );
      for (const now of stayed)
        if (!sent.includes(now.id)) expect(before.migrations.includes(now)).toBe(true);
    }
    this.touched.clear();
  }
}

type Change = (world: World, id: string, n: number) => void;
const local = (ms: number) => new Date(ms).toISOString().slice(0, 19);
const CHANGES: Change[] = [
  (world, id, n) => world.put(id, { createdAt: new Date(BEGAN_MS + (n % 3)) }),
  (world, id) => world.rows.delete(id),
  // Written, and nothing of it shown.
  (world, id) => world.rows.has(id) && world.put(id, {}),
  (world, id, n) => world.rows.has(id) && world.put(id, {}, { filesImported: n }),
  (world, id, n) => {
    const untilMs = (Math.floor(world.nowMs / 1_000) - n) * 1_000;
    if (world.rows.has(id)) world.put(id, {}, { heldUntil: { untilLocal: local(untilMs), untilMs } });
  },
  (world, id) => world.rows.has(id) && world.put(id, { writesStoppedAt: new Date(world.nowMs) }),
  (world, id) => world.rows.has(id) && world.put(id, { writesStoppedAt: null, onlineAt: null }),
  (world, id) => world.rows.has(id) && world.put(id, { onlineAt: new Date(world.nowMs) }),
  (world, id, n) => world.rows.has(id) && world.put(id, { instanceId: `rm-${n % 2}` }),
  (world, id) => {
    const row = world.rows.get(id);
    if (row) world.rows.set(id, { ...row, kept: { table: "Migration", id, column: "status" } });
  },
  (world, id) => world.rows.has(id) && world.rows.delete(id),
  (world, id, n) =>
    world.forecasts.set(id, {
      downtimeSeconds: { p50: n, p90: n },
      nextLogBytes: { p50: 1, p90: 1 },
      readyAt: null,
      basis: [],
    }),
];
const IDS = ["a", "b", "c", "d", "e", "f"];

type Step =
  | { do: "change"; id: string; which: number; n: number }
  | { do: "import"; n: number }
  | { do: "count" | "read" | "restart" }
  | { do: "wait"; ms: number }
  | { do: "ask"; page: number };
const change = fc.record({
  do: fc.constant("change" as const),
  id: fc.constantFrom(...IDS),
  which: fc.nat(CHANGES.length - 1),
  n: fc.nat(9),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: change },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("import" as const), n: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("count" as const, "read" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.nat(9_000) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("ask" as const), page: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
);

function play(steps: readonly Step[]): void {
  const world = new World();
  const pages = [new Page(), new Page(), new Page()];
  const touch = (ids: readonly string[]) => {
    for (const { touched } of pages) for (const id of ids) touched.add(id);
  };
  for (const each of steps) {
    if (each.do === "change") {
      CHANGES[each.which]?.(world, each.id, each.n);
      touch([each.id]);
    } else if (each.do === "import") {
      const instance = `rm-${each.n}`;
      world.imports.set(instance, (world.imports.get(instance) ?? 0) + 1);
    } else if (each.do === "count") {
      world.count();
      touch(IDS);
    } else if (each.do === "read") world.read();
    else if (each.do === "restart") world.history = new ListHistory();
    else if (each.do === "wait") world.nowMs += each.ms;
    else if (each.do === "ask") pages[each.page]?.ask(world.read());
  }
  for (const page of pages) page.ask(world.read());
}

const RUNS = inject("long") ? 20_000 : 300;

describe("a list by its differences", () => {
  test("is what a whole answer says, whatever happened between, and of what nobody touched nothing is sent", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => play(steps)),
      { numRuns: RUNS },
    );
  });

  test("time alone sends nothing, and counts that come to the same neither", () => {
    const world = new World();
    const held = { heldUntil: { untilLocal: local(BEGAN_MS), untilMs: BEGAN_MS } };
    for (const id of IDS) world.put(id, {}, held);
    const { cursor = "" } = world.read().view();
    world.nowMs += 3_600_000;
    world.count();
    const list = world.read();
    expect(JSON.parse(list.changesJson(cursor))).toMatchObject({
      whole: false,
      migrations: [],
      gone: [],
      cursor,
    });
    expect(list.view().migrations.map(({ gapSeconds }) => gapSeconds)).toEqual(IDS.map(() => 3_600));
  });

  test("a cursor of another history, or of none, gets all of it", () => {
    const world = new World();
    world.put("a", {});
    const { cursor = "" } = world.read().view();
    world.history = new ListHistory();
    for (const since of [cursor, "", "1", `${world.read().view().cursor}9`])
      expect(JSON.parse(world.read().changesJson(since))).toMatchObject({
        whole: true,
        migrations: [{ id: "a" }],
      });
  });

  test("who has not asked since more have gone than are remembered gets all of it, who has asked gets what is new", () => {
    const world = new World();
    const cursors = [];
    for (let batch = 0; batch < 12; batch += 1) {
      const ids = Array.from({ length: 100 }, (_, n) => `${batch}-${n}`);
      for (const id of ids) world.put(id, {});
      world.read();
      for (const id of ids) world.rows.delete(id);
      cursors.push(world.read().view().cursor ?? "");
    }
    const answers = cursors.map((cursor) => JSON.parse(world.read().changesJson(cursor)));
    expect(answers.map(({ whole }) => whole)).toEqual(cursors.map((_, batch) => batch === 0));
    expect(answers.map(({ gone }) => gone.length)).toEqual([
      0,
      ...[...cursors.keys()]
        .slice(0, 11)
        .reverse()
        .map((n) => n * 100),
    ]);
  });

  test("what a version without cursors answers is all of it", () => {
    const world = new World();
    world.put("a", {});
    const known = MigrationListView.parse(world.read().view());
    world.put("b", {});
    const { cursor: _, ...older } = world.read().view();
    const view = mergeChanges(known, MigrationListChanges.parse(older));
    expect(view.migrations.map(({ id }) => id)).toEqual(["b", "a"]);
    expect(view.cursor).toBeUndefined();
  });
});
