"use client";

import { useT } from "@/components/locale/i18n-provider";
import { withTexts } from "@/components/locale/with-texts";
import { Id } from "@/components/ui/mono";
import type { Failure } from "@/lib/contracts/connection";

/** A failed call to somebody else's service: cause, what to do, their words and their request id. */
export const FailureNote = withTexts(["error", "diagnosis"], ({ failure }: { failure: Failure }) => {
  const { t, tx, has } = useT();
  const diagnosis = failure.params.diagnosis;
  const why = tx(`error.${failure.reason}`, failure.params, t("error.external_failure"));
  const remedy = tx(`error.${failure.reason}.do`, failure.params, "");
  return (
    <div className="space-y-1 text-table wrap-anywhere">
      <p className="font-medium">{why}</p>
      {diagnosis && has(`diagnosis.${diagnosis}.title`) ? (
        <p>
          {tx(`diagnosis.${diagnosis}.title`, failure.params, "")}.{" "}
          {tx(`diagnosis.${diagnosis}.cause`, failure.params, "")}{" "}
          {tx(`diagnosis.${diagnosis}.remedy`, failure.params, "")}
        </p>
      ) : null}
      {remedy ? <p>{remedy}</p> : null}
      {failure.providerMessage ? (
        <p className="rounded-sm bg-surface-2 px-2 py-1.5 font-mono text-cap text-fg-2">
          {failure.providerCode ? `${failure.providerCode}: ` : ""}
          {failure.providerMessage}
        </p>
      ) : null}
      {failure.providerRequestId ? (
        <p className="text-fg-2">
          {t("error.provider_request_id")} <Id id={failure.providerRequestId} />
        </p>
      ) : null}
    </div>
  );
});
