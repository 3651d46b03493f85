"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import type { OutlookView } from "@/lib/contracts/outlook";
import { LAST_LOG_LIMIT_BYTES } from "@/lib/migration/rds-limits";

/** Under a minute nobody is behind anything. */
const ON_PLAN_SECONDS = 60;

/** How far a migration is behind its plan or ahead of it, and when it will be online. */
export function OutlookSummary({ outlook, running }: { outlook: OutlookView; running: boolean }) {
  const { t } = useT();
  const format = useFormat();
  const { plan, onlineAt, behindSeconds } = outlook;
  const limit = `${format.number(LAST_LOG_LIMIT_BYTES / 1_000_000)} MB`;
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-0.5 border-t border-border px-4 py-2 text-cap text-fg-2">
      <p className="font-medium text-fg">
        {plan && behindSeconds !== null ? standing(plan, behindSeconds) : null}
      </p>
      {onlineAt && running ? (
        <p>
          {t("timeline.foreseen_online", {
            at: format.instant(onlineAt.p50),
            latest: format.instant(onlineAt.p90),
          })}
        </p>
      ) : null}
      {plan ? null : <p>{t("timeline.no_plan")}</p>}
      <p className="max-sm:hidden">{t("timeline.scale", { limit })}</p>
    </div>
  );

  function standing({ onlineAt: planned }: NonNullable<OutlookView["plan"]>, seconds: number): string {
    const words = {
      by: format.duration(Math.abs(seconds) * 1_000),
      at: format.instant(onlineAt?.p50 ?? planned.p50),
      planned: format.instant(planned.p50),
    };
    if (onlineAt === null) return t(seconds > 0 ? "timeline.was.behind" : "timeline.was.ahead", words);
    if (Math.abs(seconds) < ON_PLAN_SECONDS) return t("timeline.on_plan", words);
    return t(seconds > 0 ? "timeline.behind" : "timeline.ahead", words);
  }
}
