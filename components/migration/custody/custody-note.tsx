"use client";

import { useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import type { CustodyView, MigrationSummaryView } from "@/lib/contracts/migration-list";
import { remedyScript } from "@/lib/diagnosis/build-remedy-script";
import { GiveUpDialog } from "./give-up-dialog";

const TONE = {
  held: "info",
  releasing: "info",
  stuck: "danger",
  kept: "neutral",
  left: "danger",
} as const;

/** That the source is closed by this migration, who opens it again, and how to do so without Chainferry. */
export function CustodyNote({ view }: { view: Pick<MigrationSummaryView, "id" | "custody" | "source"> }) {
  const { t } = useT();
  const [givesUp, setGivesUp] = useState(false);
  const format = useFormat();
  const { custody, source } = view;
  if (custody === null) return null;
  const { standing, how, since } = custody;
  const database = source.database ?? "";
  const statements = statementsOf(custody, database);
  return (
    <Callout
      tone={TONE[standing]}
      className="mt-4"
      title={t(`custody.title.${standing}`, { time: format.instant(since, "seconds") })}
      actions={
        standing === "stuck" || standing === "left" ? (
          <Button onClick={() => setGivesUp(true)}>{t("custody.give_up")}</Button>
        ) : null
      }
    >
      <p>
        {t(`custody.how.${how}`, { database })} {t(`custody.text.${standing}`)}
      </p>
      <p className="mt-2 flex items-center gap-1 text-cap">
        {standing === "held" ? t("custody.statements.held") : t("custody.statements")}
        <CopyButton text={statements} />
      </p>
      <pre className="whitespace-pre-wrap rounded-sm bg-surface-2 px-2 py-1.5 text-cap text-fg">
        {statements}
      </pre>
      {givesUp ? <GiveUpDialog id={view.id} database={database} onClose={() => setGivesUp(false)} /> : null}
    </Callout>
  );
}

const OPENS = {
  MULTI_USER: remedyScript.multiUser,
  RESTRICTED_USER: remedyScript.restrictedUser,
  SINGLE_USER: remedyScript.singleUser,
} as const;

/** What leads back to how the database stood before. */
function statementsOf({ how, access }: CustodyView, database: string): string {
  const recover = how === "norecovery_tail" ? [remedyScript.recover(database)] : [];
  return [...recover, OPENS[access](database)].join("\n");
}
