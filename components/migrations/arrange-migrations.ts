import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import type { Status } from "@/lib/migration/vocabulary/status";

export interface MigrationFilter {
  text: string;
  status: Status | null;
  instance: string | null;
  needsYou: boolean;
  /** Of the compact table, `-gap`; empty: what wants attention first. Lanes stand by their groups. */
  sort: string;
}

export const NO_FILTER: MigrationFilter = {
  ...{ text: "", status: null, instance: null },
  ...{ needsYou: false, sort: "" },
};

export type LaneGroup = "needs" | "running" | "drafts" | "ended";

export interface ArrangedMigrations {
  groups: { group: LaneGroup; migrations: MigrationSummaryView[] }[];
  /** How many match, of how many. */
  matching: number;
  total: number;
  /** How many need a person, whatever the filter. */
  needsYou: number;
  running: number;
  /** Every instance that a migration goes to, for the filter. */
  instances: string[];
}

const ORDER: LaneGroup[] = ["needs", "running", "drafts", "ended"];

/** Groups in the order in which they want attention, the newest first inside each; only what the filter lets through. */
export function arrangeMigrations(
  all: readonly MigrationSummaryView[],
  filter: MigrationFilter,
): ArrangedMigrations {
  const matching = all.filter((migration) => matches(migration, filter));
  const groups = ORDER.map((group) => ({
    group,
    migrations: matching
      .filter((migration) => groupOf(migration) === group)
      .sort((a, b) => sortKey(b).localeCompare(sortKey(a))),
  })).filter(({ migrations }) => migrations.length > 0);
  return {
    groups,
    matching: matching.length,
    total: all.length,
    needsYou: all.filter((migration) => groupOf(migration) === "needs").length,
    running: all.filter((migration) => ["needs", "running"].includes(groupOf(migration))).length,
    instances: [
      ...new Set(all.flatMap(({ target }) => (target.instanceId ? [target.instanceId] : []))),
    ].sort(),
  };
}

export function groupOf(migration: Pick<MigrationSummaryView, "status" | "needs">): LaneGroup {
  if (migration.status === "draft") return "drafts";
  if (migration.status === "succeeded" || migration.status === "cancelled") return "ended";
  return migration.needs ? "needs" : "running";
}

function matches(migration: MigrationSummaryView, filter: MigrationFilter): boolean {
  if (filter.status !== null && migration.status !== filter.status) return false;
  if (filter.instance !== null && migration.target.instanceId !== filter.instance) return false;
  if (filter.needsYou && groupOf(migration) !== "needs") return false;
  const needle = filter.text.trim().toLowerCase();
  if (needle === "") return true;
  const { source, target } = migration;
  return [migration.name, source.name, source.database, target.instanceId, target.database].some(
    (text) => text?.toLowerCase().includes(needle) ?? false,
  );
}

function sortKey(migration: MigrationSummaryView): string {
  return migration.finishedAt ?? migration.startedAt ?? migration.createdAt;
}
