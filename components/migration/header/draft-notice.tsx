"use client";

import { FilePen } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { MigrationView } from "@/lib/contracts/migration";

/** A draft has nothing to show but the way into the guide. */
export function DraftNotice({ view }: { view: MigrationView }) {
  const { t } = useT();
  return (
    <div className="page">
      <section className="panel">
        <EmptyState
          icon={FilePen}
          title={<h1>{view.name || t("migrations.unnamed")}</h1>}
          actions={
            <ButtonLink variant="primary" href={`/migrations/new?id=${encodeURIComponent(view.id)}`}>
              {t("migrations.do.finish_draft")}
            </ButtonLink>
          }
        >
          {t("needs.finish_draft")}
        </EmptyState>
      </section>
    </div>
  );
}
