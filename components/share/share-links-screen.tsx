"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { MadeLink } from "@/components/people/made-link";
import { PeopleTable } from "@/components/people/people-table";
import { Button } from "@/components/ui/button";
import { SkeletonLines } from "@/components/ui/skeleton";
import { Td, Tr } from "@/components/ui/table";
import { revokeShareLink, shareLinksQuery } from "@/lib/client/share-queries";
import type { LinkView } from "@/lib/contracts/people";
import { ShareForm } from "./share-form";

const COLUMNS = ["share.column.what", "share.column.by", "share.column.until", "share.column.seen"] as const;

/** Links by which others look on without signing in: made, listed, ended. */
export function ShareLinksScreen({ migrationId }: { migrationId: string | null }) {
  const { t } = useT();
  const links = useQuery(shareLinksQuery());
  const [made, setMade] = useState<LinkView | null>(null);
  const revoke = useMutation(revokeShareLink(useQueryClient()));
  return (
    <div className="page">
      <h1>{t("share.title")}</h1>
      <p className="mb-4 text-fg-2">{t("share.intro")}</p>
      {made ? (
        <MadeLink title={t("share.made")} text={t("share.made.text")} page="/share" link={made} />
      ) : null}
      <ShareForm migrationId={migrationId} onMade={setMade} />
      {revoke.isError ? (
        <ErrorPanel title={t("share.revoke.failed")} error={revoke.error} className="mb-4" />
      ) : null}
      {links.data ? null : <QueryError query={links} title={t("share.error.list")} />}
      {links.isPending ? <SkeletonLines lines={3} label={t("people.loading")} /> : null}
      {links.data?.links.length === 0 ? <p className="text-fg-2">{t("share.none")}</p> : null}
      {links.data && links.data.links.length > 0 ? (
        <PeopleTable title={t("share.list")} columns={COLUMNS}>
          {links.data.links.map(({ id, migration, createdBy, expiresAt, seenAt }) => (
            <Tr key={id}>
              <Td className="min-w-28 font-semibold wrap-anywhere">{migration?.name ?? t("share.wall")}</Td>
              <Td className="min-w-28 wrap-anywhere">{createdBy}</Td>
              <Td>
                <Timestamp at={expiresAt} style="full" />
              </Td>
              <Td>{seenAt === null ? t("share.never_seen") : <Timestamp at={seenAt} />}</Td>
              <Td className="text-right">
                <Button
                  size="sm"
                  busy={revoke.isPending && revoke.variables === id}
                  aria-label={t("share.revoke.of", { name: migration?.name ?? t("share.wall") })}
                  onClick={() => revoke.mutate(id)}
                >
                  {t("share.revoke")}
                </Button>
              </Td>
            </Tr>
          ))}
        </PeopleTable>
      ) : null}
    </div>
  );
}
