"use client";

import { useMutation } from "@tanstack/react-query";
import { PlugZap } from "lucide-react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { withTexts } from "@/components/locale/with-texts";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Mono } from "@/components/ui/mono";
import { Panel } from "@/components/ui/panel";
import { tryWayIn } from "@/lib/client/people-queries";
import type { WayIn } from "@/lib/contracts/ways-in";

/** One provider or directory. */
export const WayPanel = withTexts(["error"], ({ way }: { way: WayIn }) => {
  const { t, tx } = useT();
  const trial = useMutation(tryWayIn());
  const { kind, name, settings, lastDoneAt, lastRefused } = way;
  const words = { host: name, source: name, name };
  return (
    <Panel
      title={name}
      note={t(`people.ways.${kind}`)}
      actions={
        <Button icon={PlugZap} busy={trial.isPending} onClick={() => trial.mutate(kind)}>
          {t("people.ways.try")}
        </Button>
      }
    >
      <div className="grid gap-1 px-4 pt-3 text-table">
        <p>
          <span className="text-fg-2">{t("people.ways.last_done")}</span>{" "}
          {lastDoneAt === null ? t("people.ways.never") : <Timestamp at={lastDoneAt} style="full" />}
        </p>
        {lastRefused ? (
          <p>
            <span className="text-fg-2">{t("people.ways.last_refused")}</span>{" "}
            <Timestamp at={lastRefused.at} style="full" />:{" "}
            {tx(`error.${lastRefused.reason}`, words, lastRefused.reason)}
          </p>
        ) : null}
      </div>
      {trial.isError ? (
        <ErrorPanel title={t("people.ways.failed")} error={trial.error} className="mx-4 mt-3" />
      ) : null}
      {trial.data ? (
        <Callout
          tone={trial.data.missingGroups.length === 0 ? "success" : "warning"}
          role="status"
          title={t("people.ways.answers", { host: trial.data.host })}
          className="mx-4 mt-3"
        >
          {trial.data.missingGroups.length === 0 ? (
            t(`people.ways.tried.${kind}`)
          ) : (
            <>
              {t("people.ways.missing")}
              {trial.data.missingGroups.map((group) => (
                <Mono key={group} className="mt-1 block">
                  {group}
                </Mono>
              ))}
            </>
          )}
        </Callout>
      ) : null}
      <dl className="grid gap-x-6 gap-y-1.5 px-4 py-3 text-table sm:grid-cols-[auto_minmax(0,1fr)]">
        {settings.map(({ variable, value }) => (
          <div key={variable} className="contents">
            <dt className="text-fg-2">
              <Mono>{variable}</Mono>
            </dt>
            <dd className="min-w-0 wrap-anywhere max-sm:mb-1.5">{value ?? t("people.ways.hidden")}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
});
