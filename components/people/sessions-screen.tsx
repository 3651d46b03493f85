"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ErrorPanel } from "@/components/failure/error-panel";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { Button } from "@/components/ui/button";
import { Mono } from "@/components/ui/mono";
import { SkeletonLines } from "@/components/ui/skeleton";
import { Td, Tr } from "@/components/ui/table";
import { endSession, sessionsQuery } from "@/lib/client/session-queries";
import { PeopleTable } from "./people-table";

const COLUMNS = [
  "people.column.person",
  "people.column.seen",
  "people.column.began",
  "people.column.from",
] as const;

/** Where one is signed in; to administrators, where everybody is. What runs in a session ends with it. */
export function SessionsScreen() {
  const { t } = useT();
  const sessions = useQuery(sessionsQuery());
  const end = useMutation(endSession(useQueryClient()));
  return (
    <div className="page">
      <h1>{t("people.sessions.title")}</h1>
      <p className="mb-4 text-fg-2">{t("people.sessions.intro")}</p>
      {end.isError ? (
        <ErrorPanel title={t("people.sessions.end.failed")} error={end.error} className="mb-4" />
      ) : null}
      {sessions.data ? null : <QueryError query={sessions} title={t("people.sessions.error")} />}
      {sessions.isPending ? <SkeletonLines lines={3} label={t("people.loading")} /> : null}
      {sessions.data ? (
        <PeopleTable title={t("people.sessions.title")} columns={COLUMNS}>
          {sessions.data.sessions.map(({ id, person, own, seenAt, createdAt, address, userAgent }) => (
            <Tr key={id}>
              <Td className="min-w-32 font-semibold wrap-anywhere">{person}</Td>
              <Td>
                <Timestamp at={seenAt} />
              </Td>
              <Td>
                <Timestamp at={createdAt} style="full" />
              </Td>
              <Td className="min-w-48 wrap-anywhere">
                <Mono>{address}</Mono>
                <span className="block text-cap text-fg-2">{userAgent}</span>
              </Td>
              <Td className="text-right">
                {own ? (
                  <span className="text-cap text-fg-2">{t("people.sessions.own")}</span>
                ) : (
                  <Button
                    size="sm"
                    busy={end.isPending && end.variables === id}
                    onClick={() => end.mutate(id)}
                  >
                    {t("people.sessions.end")}
                  </Button>
                )}
              </Td>
            </Tr>
          ))}
        </PeopleTable>
      ) : null}
    </div>
  );
}
