"use client";

import { Undo2 } from "lucide-react";
import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import type { MigrationView } from "@/lib/contracts/migration";
import { useAct } from "../act/use-act";

/** The way back: what it costs and what is run; asked once more before it is done. Gone once the open call is sent. */
export function GoBack({ view }: { view: MigrationView }) {
  const { t } = useT();
  const act = useAct(view.id);
  const [asking, setAsking] = useState(false);
  if (!view.cutover || view.cutover.onlineAt !== null) return null;
  if (!view.allowed.includes("go_back")) {
    const opening = view.phase === "open" || view.phase === "check";
    return opening ? <p className="text-fg-2 text-table">{t("cutover.back.over")}</p> : null;
  }
  const restricted = view.cutover.stopWrites === "restricted_user";
  return (
    <section className="rounded-md border border-border bg-surface px-3.5 py-3 text-table">
      <h3 className="mb-1 flex items-center gap-2">
        <Undo2 size={16} strokeWidth={1.75} aria-hidden />
        {t("cutover.back.title")}
      </h3>
      <p>{t(restricted ? "cutover.back.restricted" : "cutover.back.operator")}</p>
      {restricted ? (
        <>
          <p className="mt-1 text-fg-2">{t("cutover.back.fork")}</p>
          <p className="mt-2 text-cap text-fg-2">{t("cutover.back.statement")}</p>
          <pre className="whitespace-pre-wrap rounded-sm bg-surface-2 px-2 py-1.5 text-cap">
            {t("cutover.back.sql", { database: (view.source.database ?? "").replaceAll("]", "]]") })}
          </pre>
        </>
      ) : null}
      <div className="mt-2.5 flex flex-wrap items-center gap-2">
        {asking ? (
          <>
            <p className="w-full font-medium">{t("cutover.back.sure")}</p>
            <Button
              size="sm"
              variant="danger"
              busy={act.isPending}
              onClick={() => act.mutate({ type: "go_back" }, { onSuccess: () => setAsking(false) })}
            >
              {t("cutover.back.confirm")}
            </Button>
            <Button size="sm" onClick={() => setAsking(false)}>
              {t("cutover.back.stay")}
            </Button>
          </>
        ) : (
          <Button size="sm" variant="danger" onClick={() => setAsking(true)}>
            {t("cutover.back.button")}
          </Button>
        )}
      </div>
      {act.error ? (
        <ErrorPanel title={t("migration.action_failed")} error={act.error} className="mt-2" />
      ) : null}
    </section>
  );
}
