"use client";

import { AskDialog } from "@/components/ask/ask-dialog";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import type { MigrationView } from "@/lib/contracts/migration";
import { useAct } from "../act/use-act";

/** What a new chain costs: what went in for nothing, how long the full took, what is left of today's imports. */
export function NewChainDialog({ view, onClose }: { view: MigrationView; onClose: () => void }) {
  const { t } = useT();
  const format = useFormat();
  const act = useAct(view.id);
  const lost = view.files.filter(({ importedTimes }) => importedTimes > 0);
  const bytes = lost.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  const tookMs = fullTookMs(view);
  const { used, limit } = view.importsToday;
  return (
    <AskDialog
      title={t("drift.new_chain.title", { database: view.target.database ?? view.name })}
      description={t("drift.new_chain.text")}
      confirm={t("drift.new_chain.confirm")}
      danger
      busy={act.isPending}
      error={act.error}
      failed={t("migration.action_failed")}
      onConfirm={() => act.mutate({ type: "new_chain" }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <ul className="list-disc space-y-1 pl-5 text-table">
        <li>{t("drift.new_chain.lost", { files: lost.length, size: format.bytes(bytes) })}</li>
        {tookMs === null ? null : <li>{t("drift.new_chain.took", { duration: format.duration(tookMs) })}</li>}
        <li>{t("drift.new_chain.imports", { used, limit })}</li>
        <li>{t("drift.new_chain.name", { database: view.target.database ?? "" })}</li>
      </ul>
    </AskDialog>
  );
}

/** From the first step of the full to its restore; null: it was never restored. */
function fullTookMs({ files, steps }: MigrationView): number | null {
  const full = files.find(({ type, importedAt }) => type === "full" && importedAt !== null);
  const starts = steps.flatMap(({ fileId, startedAt }) =>
    full && fileId === full.id && startedAt !== null ? [Date.parse(startedAt)] : [],
  );
  if (!full?.importedAt || starts.length === 0) return null;
  return Date.parse(full.importedAt) - Math.min(...starts);
}
