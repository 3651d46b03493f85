"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Callout } from "@/components/ui/callout";
import type { MigrationView } from "@/lib/contracts/migration";

/** The newest cutover was taken back by its deadline or its hook: since when the source is open again, and why. */
export function TakenBackNote({ takenBack }: { takenBack: NonNullable<MigrationView["takenBack"]> }) {
  const { t } = useT();
  const format = useFormat();
  const since = t("cutover.taken_back.open", { time: format.instant(takenBack.releasedAt, "seconds") });
  if (takenBack.by === "hook") {
    const { gate, host, status } = takenBack;
    return (
      <Callout tone="warning" className="mt-4" title={t("hook.taken_back.title", { host })}>
        {status === null ? t("hook.taken_back.none") : t("hook.taken_back.status", { status })}{" "}
        {t(`event.hook_moment.${gate}`)} {since}
      </Callout>
    );
  }
  const { minutes, passed } = takenBack;
  return (
    <Callout tone="warning" className="mt-4" title={t("cutover.taken_back.title", { minutes })}>
      {passed ? `${t(`cutover.taken_back.${passed.why}`)} ` : null}
      {since}
    </Callout>
  );
}
