"use client";

import { useId } from "react";
import { useT } from "@/components/locale/i18n-provider";
import type { RecordTaskView } from "@/lib/contracts/record";

/** What a failed task's message means: cause, how to make sure, what to do; RDS's own words folded below. */
export function DiagnosisNote({ task }: { task: RecordTaskView }) {
  const { t, tx } = useT();
  const heading = useId();
  const { diagnosis, description } = task;
  const text = (part: string) =>
    diagnosis ? tx(`diagnosis.${diagnosis.key}.${part}`, diagnosis.params, "") : "";
  const title = text("title");
  return (
    <section
      aria-labelledby={heading}
      className="mx-3 mb-3 rounded-md border border-status-danger-line border-l-3 border-l-status-danger bg-surface px-3.5 py-3 text-table wrap-anywhere"
    >
      <h2 id={heading} className="font-semibold text-table">
        {title ? t("records.diagnosis.titled", { title }) : t("records.diagnosis.title")}
      </h2>
      <p className="mt-1 max-w-200 text-fg-2">{text("cause") || t("records.diagnosis.unknown")}</p>
      {(["check", "remedy"] as const).map((part) =>
        text(part) ? (
          <p key={part} className="mt-2 max-w-200">
            <b>{t(`records.diagnosis.${part}`)}</b> {text(part)}
          </p>
        ) : null,
      )}
      {description ? (
        <details className="mt-2" open={diagnosis === null}>
          <summary className="w-fit text-cap text-fg-2">{t("records.diagnosis.verbatim")}</summary>
          <p lang="en" className="mt-1 rounded-sm bg-surface-2 px-2 py-1.5 font-mono text-cap text-fg-2">
            {description}
          </p>
        </details>
      ) : null}
    </section>
  );
}
