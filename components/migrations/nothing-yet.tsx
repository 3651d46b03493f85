"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, Ship } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { systemQuery } from "@/lib/client/system-queries";

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
