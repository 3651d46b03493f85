"use client";

import { Pause, Play } from "lucide-react";
import { useId } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Select } from "@/components/ui/select";
import type { MigrationView } from "@/lib/contracts/migration";
import { useAct } from "../act/use-act";

const MIB = 1024 * 1024;
const LIMITS = [1, 2, 5, 10, 20, 50, 100, 200].map((count) => count * MIB);

/** How far all uploads are, and the hand on them: pause, resume, bandwidth limit. Nothing when none is under way. */
export function UploadControlBar({ view }: { view: MigrationView }) {
  const { t } = useT();
  const format = useFormat();
  const act = useAct(view.id);
  const selectId = useId();
  const open = view.steps.some((step) => step.kind === "upload" && step.finishedAt === null);
  if (!open || view.status === "cancelled") return null;
  const control = view.uploadControl;
  const change = (more: Partial<typeof control>) =>
    act.mutate({ type: "control_uploads", control: { ...control, ...more } });
  const own = control.bytesPerSecond;
  const limits = own === null || LIMITS.includes(own) ? LIMITS : [...LIMITS, own].sort((a, b) => a - b);
  const uploaded = new Set(view.steps.filter(({ kind }) => kind === "upload").map(({ fileId }) => fileId));
  const uploads = view.files.filter((file) => uploaded.has(file.id));
  const total = uploads.reduce((sum, file) => sum + (file.sizeBytes ?? 0), 0);
  const done = uploads.reduce((sum, file) => sum + (file.uploadedBytes ?? 0), 0);
  const text = t("format.of_total", {
    done: format.bytes(done),
    total: format.bytes(total),
    percent: format.percent(done, total),
  });
  return (
    <section aria-label={t("files.control.label")} className="panel space-y-2.5 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-0 flex-1 basis-full text-table sm:basis-0">
          <span className="font-medium">
            {t(control.paused ? "files.control.paused" : "files.control.all")}
          </span>{" "}
          <span className="text-fg-2">{text}</span>
        </p>
        <div className="flex items-center gap-2">
          <label htmlFor={selectId} className="text-cap text-fg-2">
            {t("files.control.limit")}
          </label>
          <Select
            id={selectId}
            className="w-36"
            value={own === null ? "" : String(own)}
            disabled={act.isPending}
            onChange={(event) =>
              change({ bytesPerSecond: event.target.value === "" ? null : Number(event.target.value) })
            }
          >
            <option value="">{t("files.control.no_limit")}</option>
            {limits.map((limit) => (
              <option key={limit} value={limit}>
                {format.rate(limit)}
              </option>
            ))}
          </Select>
        </div>
        <Button
          size="sm"
          icon={control.paused ? Play : Pause}
          busy={act.isPending}
          onClick={() => change({ paused: !control.paused })}
        >
          {t(control.paused ? "files.control.resume" : "files.control.pause")}
        </Button>
      </div>
      <ProgressBar
        label={t("files.control.label")}
        valueText={text}
        percent={total > 0 ? (done / total) * 100 : null}
      />
      {act.error ? <ErrorPanel title={t("migration.action_failed")} error={act.error} /> : null}
    </section>
  );
}
