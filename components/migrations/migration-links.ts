import type { MigrationSummaryView } from "@/lib/contracts/migration-list";

type Target = Pick<MigrationSummaryView, "id" | "status" | "needs">;

/** A draft opens in the guide, everything else on its page. */
export function migrationHref({ id, status }: Pick<Target, "id" | "status">): string {
  const key = encodeURIComponent(id);
  return status === "draft" ? `/migrations/new?id=${key}` : `/migrations/${key}`;
}

/** Where the thing that is needed can be done. */
export function needHref(migration: Target): string {
  const href = migrationHref(migration);
  switch (migration.needs?.key) {
    case "cutover_ready":
      return `${href}?cutover=`;
    case "file_refused":
    case "upload_next_file":
      return `${href}?tab=chain`;
    default:
      return href;
  }
}
