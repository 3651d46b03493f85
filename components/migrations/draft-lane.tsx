"use client";

import { useState } from "react";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { Tag } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import { migrationHref } from "./migration-links";

const DiscardDraftDialog = latePiece({
  texts: ["migrations"],
  load: async () => (await import("./discard-draft-dialog")).DiscardDraftDialog,
});

/** A migration that has not started: go on in the guide, or throw it away. */
export function DraftLane({ migration }: { migration: MigrationSummaryView }) {
  const { t } = useT();
  const [asking, setAsking] = useState(false);
  const name = migration.source.database ?? t("migrations.unnamed");
  return (
    <li className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 py-2.5 hover:bg-surface-2">
      <div className="min-w-0 flex-1 basis-60">
        <Link href={migrationHref(migration)} className="font-semibold text-fg hover:underline">
          {name}
        </Link>
        {migration.sandbox ? <Tag className="ml-2">{t("shell.sandbox.tag")}</Tag> : null}
        <span className="block text-cap text-fg-2">
          {migration.target.instanceId ?? t("migrations.no_instance")} · {t("migrations.created")}{" "}
          <Timestamp at={migration.createdAt} />
        </span>
      </div>
      <div className="flex gap-2">
        <Button
          size="sm"
          variant="ghost"
          aria-label={t("migrations.draft.discard_label", { name })}
          onClick={() => setAsking(true)}
        >
          {t("migrations.draft.discard")}
        </Button>
        <ButtonLink size="sm" href={migrationHref(migration)}>
          {t("migrations.do.finish_draft")}
        </ButtonLink>
      </div>
      {asking ? <DiscardDraftDialog id={migration.id} onClose={() => setAsking(false)} /> : null}
    </li>
  );
}
