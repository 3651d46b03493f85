"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Archive, ArchiveRestore, CopyPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { archiveMigration, cloneDraft } from "@/lib/client/over-mutations";
import type { MigrationView } from "@/lib/contracts/migration";

/** Of a migration that is over: begun again as a draft, put away, brought back. */
export function OverActions({ view }: { view: MigrationView }) {
  const { t } = useT();
  const format = useFormat();
  const router = useRouter();
  const client = useQueryClient();
  const clone = useMutation(cloneDraft(client, view.id));
  const archive = useMutation(archiveMigration(client, view.id));
  const { archivedAt } = view;
  const error = clone.error ?? archive.error;
  const toDraft = ({ id }: MigrationView) => router.push(`/migrations/new?id=${encodeURIComponent(id)}`);
  return (
    <>
      <div className="mt-3 flex flex-wrap items-center gap-2 text-table print:hidden">
        <Button
          icon={CopyPlus}
          busy={clone.isPending}
          onClick={() => clone.mutate(undefined, { onSuccess: toDraft })}
        >
          {t("aftercare.over.clone")}
        </Button>
        <Button
          variant="ghost"
          icon={archivedAt ? ArchiveRestore : Archive}
          busy={archive.isPending}
          onClick={() => archive.mutate(archivedAt === null)}
        >
          {t(archivedAt ? "aftercare.over.restore" : "aftercare.over.archive")}
        </Button>
        {archivedAt ? (
          <span className="text-fg-2">
            {t("aftercare.over.archived", { at: format.instant(archivedAt) })}
          </span>
        ) : null}
      </div>
      {error ? <ErrorPanel title={t("aftercare.over.failed")} error={error} className="mt-2" /> : null}
    </>
  );
}
