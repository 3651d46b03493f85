"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import type { MigrationView } from "@/lib/contracts/migration";

/** The deadline of a cutover that is under way: when it is, and what follows; or that it was passed. */
export function DeadlineLine({ cutover }: { cutover: NonNullable<MigrationView["cutover"]> }) {
  const { t } = useT();
  const format = useFormat();
  const { deadline, writesStoppedAt, onlineAt } = cutover;
  if (deadline === null || onlineAt !== null) return null;
  const { minutes, after, passed } = deadline;
  if (passed !== null) {
    return (
      <p className="text-status-warning text-table">
        {t(`cutover.deadline.passed.${after}`, { minutes, time: format.instant(passed.at, "seconds") })}
      </p>
    );
  }
  const end = writesStoppedAt && new Date(Date.parse(writesStoppedAt) + minutes * 60_000).toISOString();
  return (
    <p className="text-fg-2 text-table">
      {end
        ? t(`cutover.deadline.until.${after}`, { minutes, time: format.instant(end, "seconds") })
        : t(`cutover.deadline.set.${after}`, { minutes })}
    </p>
  );
}
