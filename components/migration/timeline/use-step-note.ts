"use client";

import { useCallback } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { STATUS_TABLE } from "@/components/status/status-table";
import type { StepView } from "@/lib/contracts/migration";

/** The detail after a step's name: what it does, how far it is, when it looks again. `bare` leaves its name out. */
export function useStepNote(): (step: StepView, bare?: boolean) => string {
  const { t, tx } = useT();
  const format = useFormat();
  return useCallback(
    (step, bare = false) => {
      const kind = bare ? "" : t(`timeline.kind.${step.kind}`);
      const join = (...parts: string[]) => parts.filter(Boolean).join(" · ");
      const { progress, failure } = step;
      if (step.status === "failed" && failure) {
        return join(kind, tx(`error.${failure.reason}`, failure.params, t("status.failed")));
      }
      if (step.status === "retrying") return join(kind, t("status.retrying_of", { attempt: step.attempt }));
      if (progress?.totalBytes != null && progress.doneBytes !== null) {
        const amounts = t("format.of_total", {
          done: format.bytes(progress.doneBytes),
          total: format.bytes(progress.totalBytes),
          percent: format.percent(progress.doneBytes, progress.totalBytes),
        });
        return join(kind, amounts);
      }
      if (progress?.percent != null) return join(kind, `${format.number(Math.floor(progress.percent))} %`);
      if (step.status === "queued" && step.startedAt === null && step.nextCheckAt !== null) {
        return join(kind, t("timeline.steps.due", { time: format.instant(step.nextCheckAt, "seconds") }));
      }
      if (step.status === "running") return kind;
      return join(kind, t(STATUS_TABLE[step.status].label));
    },
    [t, tx, format],
  );
}
