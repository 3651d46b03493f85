"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { Panel } from "@/components/ui/panel";
import { SkeletonLines } from "@/components/ui/skeleton";
import { waysInQuery } from "@/lib/client/people-queries";
import { WayPanel } from "./way-panel";

/** By which ways people come in: how each is set, how it last did, and a trial that signs nobody in. */
export function WaysInScreen() {
  const { t } = useT();
  const ways = useQuery(waysInQuery());
  const { data } = ways;
  return (
    <div className="page max-w-240">
      <h1>{t("people.ways.title")}</h1>
      <p className="mb-4 text-fg-2">{t("people.ways.intro")}</p>
      {data ? null : <QueryError query={ways} title={t("people.ways.error")} />}
      {ways.isPending ? <SkeletonLines lines={4} label={t("people.loading")} /> : null}
      {data ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          {data.ways.map((way) => (
            <WayPanel key={way.kind} way={way} />
          ))}
          <Panel title={t("people.ways.here")}>
            <ul className="grid gap-1.5 px-4 py-3 text-table">
              <li>{t("people.ways.passwords", { count: data.withPassword })}</li>
              {data.passkeys.map(({ host, people }) => (
                <li key={host} className="wrap-anywhere">
                  {t("people.ways.passkeys", { count: people, host })}
                </li>
              ))}
              {data.passkeys.length === 0 ? <li>{t("people.ways.no_passkeys")}</li> : null}
              <li className="text-fg-2">{t("people.ways.recover")}</li>
            </ul>
          </Panel>
          {data.ways.length < 2 ? <p className="text-fg-2 text-table">{t("people.ways.more")}</p> : null}
        </div>
      ) : null}
    </div>
  );
}
