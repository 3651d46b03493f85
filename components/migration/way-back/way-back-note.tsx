"use client";

import { useQuery } from "@tanstack/react-query";
import { useT } from "@/components/locale/i18n-provider";
import { withTexts } from "@/components/locale/with-texts";
import { Callout } from "@/components/ui/callout";
import { wayBackQuery } from "@/lib/client/aftercare-queries";

/** What is possible once RDS has opened the database: said before it is opened, for then it is too late to choose. */
export const WayBackNote = withTexts(["wayback"], ({ id }: { id: string }) => {
  const { t } = useT();
  const way = useQuery(wayBackQuery(id)).data;
  if (!way) return null;
  const { rule } = way;
  const releases = { source: way.source ?? "?", target: way.target ?? "?" };
  return (
    <Callout
      tone={rule === "newer_target" ? "warning" : "neutral"}
      title={t(`wayback.${rule}.title`, releases)}
      className="my-3"
    >
      <p>{t(`wayback.${rule}.text`, releases)}</p>
    </Callout>
  );
});
