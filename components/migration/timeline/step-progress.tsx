"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useNow } from "@/components/locale/use-now";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { StepView } from "@/lib/contracts/migration";
import { TimeLeft } from "./time-left";

/** Before that the time so far says nothing about the rest. */
const LEAST_PERCENT = 3;

/** Bar with its two amounts, the rate, and how long it may take at that rate. */
export function StepProgress({ step, paused = false }: { step: StepView; paused?: boolean }) {
  const { t } = useT();
  const format = useFormat();
  const { progress } = step;
  if (!progress) {
    if (step.status !== "waiting_external") return null;
    return <p className="text-cap text-fg-2">{t("timeline.inspector.estimate")}</p>;
  }
  const { doneBytes, totalBytes, percent, bytesPerSecond } = progress;
  if (doneBytes === null || totalBytes === null) {
    if (percent === null) return null;
    return <PercentProgress step={step} percent={percent} />;
  }
  const share = format.percent(doneBytes, totalBytes);
  const valueText = t("format.of_total", {
    done: format.bytes(doneBytes),
    total: format.bytes(totalBytes),
    percent: share,
  });
  const leftMs =
    bytesPerSecond && bytesPerSecond > 0 ? ((totalBytes - doneBytes) / bytesPerSecond) * 1000 : null;
  const moving = step.finishedAt === null;
  return (
    <div>
      <p className="mb-1.5 font-semibold text-section">{valueText}</p>
      <ProgressBar
        label={t("timeline.inspector.progress")}
        valueText={valueText}
        percent={totalBytes > 0 ? (doneBytes / totalBytes) * 100 : null}
        tone={moving ? "info" : "success"}
      />
      {moving && paused ? (
        <p className="mt-1.5 text-cap text-status-warning">{t("files.control.paused")}</p>
      ) : moving && bytesPerSecond ? (
        <p className="mt-1.5 flex flex-wrap justify-between gap-x-4 text-cap text-fg-2">
          <span>{format.rate(bytesPerSecond)}</span>
          <TimeLeft ms={leftMs} />
        </p>
      ) : null}
    </div>
  );
}

/** A backup or a check: the server says how far it is, not in bytes. The time left is what the time so far suggests. */
function PercentProgress({ step, percent }: { step: StepView; percent: number }) {
  const { t } = useT();
  const now = useNow(step.finishedAt === null);
  const text = t("timeline.inspector.percent_only", { percent: Math.floor(percent) });
  const elapsedMs = step.startedAt === null ? 0 : now - Date.parse(step.startedAt);
  const leftMs =
    step.finishedAt === null && percent >= LEAST_PERCENT ? (elapsedMs * (100 - percent)) / percent : null;
  return (
    <div>
      <ProgressBar label={t("timeline.inspector.progress")} valueText={text} percent={percent} />
      <p className="mt-1.5 flex flex-wrap justify-between gap-x-4 text-cap text-fg-2">
        <span>{text}</span>
        <TimeLeft ms={leftMs} />
      </p>
    </div>
  );
}
