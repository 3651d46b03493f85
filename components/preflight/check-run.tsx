"use client";

import { Square } from "lucide-react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { FailureNote } from "@/components/failure/failure-note";
import { Elapsed } from "@/components/locale/duration";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { CheckRunView } from "@/lib/contracts/preflight";
import { useRunCheck } from "./use-preflight";

const SCROLLER = { tabIndex: 0 };

/** DBCC CHECKDB of the source from here: start, phase and percent, cancel, and how the last one ended. */
export function CheckRun({ id, run }: { id: string; run: CheckRunView | null }) {
  const { t } = useT();
  const act = useRunCheck(id);
  const running = run?.state === "running";
  return (
    <div className="mt-1.5 space-y-1.5 text-cap">
      {running ? <Running run={run} /> : null}
      {run && !running ? <Ended run={run} /> : null}
      {running ? (
        <Button size="sm" icon={Square} busy={act.isPending} onClick={() => act.mutate({ action: "cancel" })}>
          {t("preflight.check.cancel")}
        </Button>
      ) : (
        <Button size="sm" busy={act.isPending} onClick={() => act.mutate({ action: "start" })}>
          {t("preflight.check.start")}
        </Button>
      )}
      {act.error ? <ErrorPanel title={t("preflight.run_failed")} error={act.error} /> : null}
    </div>
  );
}

function Running({ run }: { run: CheckRunView }) {
  const { t } = useT();
  const format = useFormat();
  const text =
    run.phase === null
      ? t("preflight.check.starting")
      : t("preflight.check.running", { phase: run.phase, percent: format.number(run.percent ?? 0) });
  return (
    <div className="max-w-120">
      <p className="flex justify-between gap-3">
        <span>{text}</span>
        <Elapsed from={run.startedAt} to={null} />
      </p>
      <ProgressBar
        label={t("preflight.check.progress")}
        valueText={text}
        percent={run.percent}
        className="mt-1"
      />
    </div>
  );
}

function Ended({ run }: { run: CheckRunView }) {
  const { t } = useT();
  if (run.state === "running") return null;
  return (
    <div className="space-y-1">
      <p>
        {t(`preflight.check.${run.state}`)}{" "}
        <Elapsed from={run.startedAt} to={run.finishedAt ?? run.startedAt} />
      </p>
      {run.state === "errors" ? (
        <section
          {...SCROLLER}
          aria-label={t("preflight.check.errors")}
          className="max-h-48 overflow-auto rounded-sm border border-border bg-surface-2"
        >
          <pre className="px-2 py-1.5">{run.lines.join("\n")}</pre>
        </section>
      ) : null}
      {run.failure ? <FailureNote failure={run.failure} /> : null}
    </div>
  );
}
