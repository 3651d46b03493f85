"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { UploadItem } from "@/lib/client/upload/upload-item";

/** Under this the range says nothing that the bar does not. */
const LEAST_LEFT_SECONDS = 2;

/** Bar with x of y, the rate, what is left as a range, and the way the bytes go. */
export function ItemProgress({ item }: { item: UploadItem }) {
  const { t } = useT();
  const format = useFormat();
  const { progress, stage, file } = item;
  if (!progress || !["sending", "paused", "completing"].includes(stage)) return null;
  const { doneBytes, reusedBytes, bytesPerSecond, remaining, lanes, way, struggling } = progress;
  const valueText = t("format.of_total", {
    done: format.bytes(doneBytes),
    total: format.bytes(file.size),
    percent: format.percent(doneBytes, file.size),
  });
  const moving = stage === "sending";
  const notes = [
    moving && bytesPerSecond !== null ? format.rate(bytesPerSecond) : null,
    moving && remaining && remaining.most >= LEAST_LEFT_SECONDS
      ? t("timeline.inspector.left", {
          low: format.duration(remaining.least * 1000),
          high: format.duration(remaining.most * 1000),
        })
      : null,
    moving ? t(`upload.lanes.${way}`, { lanes }) : null,
    reusedBytes > 0 ? t("upload.reused", { size: format.bytes(reusedBytes) }) : null,
  ].filter((note) => note !== null);
  return (
    <div className="mt-2">
      <p className="mb-1.5 font-semibold">{valueText}</p>
      <ProgressBar
        label={file.name}
        valueText={valueText}
        percent={(doneBytes / file.size) * 100}
        tone={stage === "paused" || struggling ? "warning" : "info"}
      />
      <p className="mt-1.5 flex flex-wrap gap-x-4 text-cap text-fg-2">
        {notes.map((note) => (
          <span key={note}>{note}</span>
        ))}
      </p>
      {struggling && moving ? (
        <p role="status" className="text-cap text-status-warning">
          {t("upload.struggling")}
        </p>
      ) : null}
    </div>
  );
}
