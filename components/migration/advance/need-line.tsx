"use client";

import { useQuery } from "@tanstack/react-query";
import { Hand } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { Copyable } from "@/components/ui/mono";
import { needText } from "@/components/verdict/need-text";
import { missingBackupQuery } from "@/lib/client/chain-queries";
import type { MigrationView } from "@/lib/contracts/migration";

/** First line of the advance panel: the next thing needed of a person, or that nothing is. */
export function NeedLine({ view }: { view: MigrationView }) {
  const { t, tx } = useT();
  const need = needText(view, { t, tx });
  if (need) {
    return (
      <div className="flex gap-2 text-status-warning text-table">
        <Hand size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
        <div className="min-w-0">
          <p className="font-medium">{need}</p>
          <WhereItLies view={view} />
        </div>
      </div>
    );
  }
  return <p className="text-fg-2 text-table">{t("migration.advance.nothing")}</p>;
}

/** What the source's own backup history knows of the file that is waited for; nothing while it knows nothing. */
function WhereItLies({ view }: { view: MigrationView }) {
  const { t } = useT();
  const backups = useQuery(missingBackupQuery(view)).data?.backups.filter(({ use }) => use === "fetch") ?? [];
  const [first] = backups;
  const device = first?.devices[0];
  if (!first || !device || first.knownAs !== null) return null;
  return (
    <p className="mt-1 text-fg">
      {t("chain.need.fetch", {
        count: backups.length,
        who: first.userName ?? t("chain.fetch.nobody"),
      })}{" "}
      <Copyable text={device.path} />
    </p>
  );
}
