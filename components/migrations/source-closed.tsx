"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";

/** The source is shut to its users by this migration; how to open it stands on the migration's page. */
export function SourceClosed({ migration: { custody } }: { migration: MigrationSummaryView }) {
  const { t } = useT();
  const format = useFormat();
  if (custody === null || custody.standing === "kept") return null;
  return (
    <span className="block font-medium text-status-warning">
      {t("migrations.source_closed", { time: format.instant(custody.since) })}
    </span>
  );
}
