"use client";

import { SearchX } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { STATUS_TABLE } from "@/components/status/status-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { MigrationFilter } from "./arrange-migrations";

/** A filter that hides everything: say which, offer to clear it. */
export function NothingMatches({ filter, onClear }: { filter: MigrationFilter; onClear: () => void }) {
  const { t } = useT();
  const parts = [
    filter.text === "" ? "" : `“${filter.text}”`,
    filter.status === null ? "" : t(STATUS_TABLE[filter.status].label),
    filter.instance ?? "",
    filter.needsYou ? t("migrations.needs_you") : "",
  ].filter(Boolean);
  return (
    <section className="panel">
      <EmptyState
        icon={SearchX}
        title={t("migrations.filtered.title")}
        actions={<Button onClick={onClear}>{t("migrations.filtered.clear")}</Button>}
      >
        {t("migrations.filtered.text", { filter: parts.join(" · ") })}
      </EmptyState>
    </section>
  );
}
