"use client";

import { Download } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { ButtonLink } from "@/components/ui/button";
import { migrationPath } from "@/lib/client/migration-keys";

/** The whole record as the file that `verify-record` checks. */
export function RecordLink({ id }: { id: string }) {
  const { t } = useT();
  return (
    <ButtonLink icon={Download} href={`${migrationPath(id)}/record`} download title={t("event.record.what")}>
      {t("event.record")}
    </ButtonLink>
  );
}
