"use client";

import { useQuery } from "@tanstack/react-query";
import { useT } from "@/components/locale/i18n-provider";
import { withTexts } from "@/components/locale/with-texts";
import { Callout } from "@/components/ui/callout";
import { wayBackQuery } from "@/lib/client/aftercare-queries";
import { ScriptBlock } from "./script-block";

interface WayBackNoteProps {
  id: string;
  /** With the plan and its script; else only what the releases allow. */
  whole?: boolean;
}

/** What is possible once RDS has opened the database: said before it is opened, for then it is too late to choose. */
export const WayBackNote = withTexts(["wayback"], ({ id, whole }: WayBackNoteProps) => {
  const { t } = useT();
  const way = useQuery(wayBackQuery(id)).data;
  if (!way) return null;
  const { rule, script } = way;
  const releases = { source: way.source ?? "?", target: way.target ?? "?" };
  return (
    <Callout
      tone={rule === "newer_target" ? "warning" : "neutral"}
      title={t(`wayback.${rule}.title`, releases)}
      className="my-3"
    >
      <p>{t(`wayback.${rule}.text`, releases)}</p>
      {whole && script !== "" ? (
        <>
          <ol className="mt-2 list-inside list-decimal">
            <li>{t("wayback.plan.stop")}</li>
            <li>{t("wayback.plan.backup")}</li>
            <li>{t("wayback.plan.fetch")}</li>
            <li>{t("wayback.plan.restore")}</li>
            <li>{t("wayback.plan.check")}</li>
          </ol>
          <ScriptBlock label={t("wayback.script")} script={script} />
        </>
      ) : null}
    </Callout>
  );
});
