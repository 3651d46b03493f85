"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, SearchX, Ship } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { STATUS_TABLE } from "@/components/status/status-table";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { systemQuery } from "@/lib/client/system-queries";
import type { MigrationFilter } from "./arrange-migrations";

/** First use: what a migration is, the one action, and that a sandbox is there to rehearse in. */
export function NothingYet() {
  const { t } = useT();
  const sandbox = useQuery(systemQuery()).data?.sandbox;
  return (
    <section className="panel mt-4">
      <EmptyState
        icon={Ship}
        title={t("migrations.empty.title")}
        actions={
          <>
            <ButtonLink variant="primary" icon={Plus} href="/migrations/new">
              {t("migrations.start")}
            </ButtonLink>
            <ButtonLink href="/connections">{t("migrations.empty.connect")}</ButtonLink>
          </>
        }
      >
        <p>{t("migrations.empty.text")}</p>
        {sandbox ? <p className="mt-2">{t("migrations.empty.sandbox")}</p> : null}
      </EmptyState>
    </section>
  );
}

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
