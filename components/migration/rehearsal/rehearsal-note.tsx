"use client";

import { useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { MigrationView } from "@/lib/contracts/migration";
import { DropDialog } from "./drop-dialog";

/** That this is a rehearsal: what it leaves alone, and its database, until that is dropped. */
export function RehearsalNote({ view }: { view: MigrationView }) {
  const { t } = useT();
  const format = useFormat();
  const [dropping, setDropping] = useState(false);
  if (view.rehearsal === null) return null;
  const { droppedAt, droppable } = view.rehearsal;
  const database = view.target.database ?? "";
  return (
    <Callout tone="info" title={t("rehearsal.title")} className="mt-4">
      <p>{t("rehearsal.text")}</p>
      <p className="mt-1">
        {droppedAt === null
          ? t(droppable ? "rehearsal.drop.due" : "rehearsal.drop.later", { database })
          : t("rehearsal.drop.done", { database, at: format.instant(droppedAt) })}
      </p>
      {droppable ? (
        <Button className="mt-2" variant="danger" onClick={() => setDropping(true)}>
          {t("rehearsal.drop")}
        </Button>
      ) : null}
      {dropping ? <DropDialog id={view.id} database={database} onClose={() => setDropping(false)} /> : null}
    </Callout>
  );
}
