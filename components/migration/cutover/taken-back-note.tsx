"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Callout } from "@/components/ui/callout";
import type { MigrationView } from "@/lib/contracts/migration";

/** The newest cutover was taken back by its deadline: since when the source is open again, and why. */
export function TakenBackNote({ takenBack }: { takenBack: NonNullable<MigrationView["takenBack"]> }) {
  const { t } = useT();
  const format = useFormat();
  const { minutes, passed, releasedAt } = takenBack;
  return (
    <Callout tone="warning" className="mt-4" title={t("cutover.taken_back.title", { minutes })}>
      {passed ? `${t(`cutover.taken_back.${passed.why}`)} ` : null}
      {t("cutover.taken_back.open", { time: format.instant(releasedAt, "seconds") })}
    </Callout>
  );
}
