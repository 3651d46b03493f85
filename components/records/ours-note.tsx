"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Callout } from "@/components/ui/callout";
import { Link } from "@/components/ui/link";

/** A task of one of our migrations is better moved on from there: it takes the last log and keeps the record. */
export function OursNote({ migrationId }: { migrationId: string }) {
  const { t } = useT();
  return (
    <Callout tone="warning" className="mb-4">
      {t("records.open.ours")}{" "}
      <Link href={`/migrations/${encodeURIComponent(migrationId)}`} className="link">
        {t("records.open.ours.link")}
      </Link>
    </Callout>
  );
}
