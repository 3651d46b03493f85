import { MigrationListChanges } from "@/lib/contracts/list-changes";
import type { MigrationListView, MigrationSummaryView } from "@/lib/contracts/migration-list";
import { heldUntilMs } from "@/lib/migration/held-until";
import { newestFirst } from "@/lib/migration/newest-first";
import { apiGet } from "./api";

/** The list as it is now, of an answer before and what has changed since. Throws as `apiGet` does. */
export async function readChangedList(
  known: MigrationListView,
  signal: AbortSignal,
): Promise<MigrationListView> {
  const path = `/api/migrations?since=${encodeURIComponent(known.cursor ?? "")}`;
  return mergeChanges(known, await apiGet(path, MigrationListChanges, { signal }));
}

/**
 * The list as a whole answer of the same moment would have it. What has not changed stays the same object, but for those whose gap has
 * grown. `known`, which stays as it is, is the list whose cursor was asked with.
 */
export function mergeChanges(known: MigrationListView, changes: MigrationListChanges): MigrationListView {
  const { whole, migrations, gone, gapsAtRest, ...rest } = changes;
  if (whole) return { ...rest, migrations };
  const out = new Set(gone);
  const merged = new Map(known.migrations.flatMap((one) => (out.has(one.id) ? [] : [[one.id, one]])));
  for (const migration of migrations) merged.set(migration.id, migration);
  const atRest = new Set(gapsAtRest);
  const nowMs = Date.parse(rest.serverNow);
  const grown = [...merged.values()]
    .sort(newestFirst)
    .map((migration) => (atRest.has(migration.id) ? migration : withGap(migration, nowMs)));
  return { ...rest, migrations: grown };
}

function withGap(migration: MigrationSummaryView, nowMs: number): MigrationSummaryView {
  if (migration.gapSeconds === null) return migration;
  const untilMs = heldUntilMs(migration.targetHoldsUntilLocal, migration.sourceOffsetMinutes);
  if (untilMs === null) return migration;
  const gapSeconds = Math.max(0, Math.round((nowMs - untilMs) / 1_000));
  return gapSeconds === migration.gapSeconds ? migration : { ...migration, gapSeconds };
}
