"use client";

import { RefreshCw } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { withTexts } from "@/components/locale/with-texts";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Id } from "@/components/ui/mono";
import { toApiProblem } from "@/lib/client/api-problem";

interface ErrorPanelProps {
  /** What could not be done, in a few words: "The migrations could not be read". */
  title: string;
  error: unknown;
  onRetry?: () => void;
  className?: string;
}

/** A failure: what failed, why, what to do, whom to quote. A failed panel never takes the page down. */
export const ErrorPanel = withTexts(["error"], ({ title, error, onRetry, className }: ErrorPanelProps) => {
  const { t, tx, has } = useT();
  const { code, reason, params, requestId, problem } = toApiProblem(error);
  const why = tx(`error.${reason}`, params, tx(`error.${code}`, params, t("error.internal")));
  const remedyKey = has(`error.${reason}.do`) ? `error.${reason}.do` : `error.${code}.do`;
  const remedy = tx(remedyKey, params, "");
  return (
    <Callout
      tone="danger"
      role="alert"
      title={title}
      {...(className && { className })}
      {...(onRetry && {
        actions: (
          <Button icon={RefreshCw} onClick={onRetry}>
            {t("shell.retry")}
          </Button>
        ),
      })}
    >
      <p>{why}</p>
      {remedy ? <p className="mt-1 text-fg">{remedy}</p> : null}
      {problem.provider ? (
        <p className="mt-1">
          {t("error.provider_said", {
            code: problem.provider.code ?? "–",
            message: problem.provider.message,
          })}
        </p>
      ) : null}
      {problem.provider?.requestId ? (
        <p className="mt-1">
          {t("error.provider_request_id")} <Id id={problem.provider.requestId} />
        </p>
      ) : null}
      {requestId ? (
        <p className="mt-1">
          {t("error.request_id")} <Id id={requestId} />
        </p>
      ) : null}
    </Callout>
  );
});
