"use client";

import { useQuery } from "@tanstack/react-query";
import { FileText, Search } from "lucide-react";
import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { Button, ButtonLink } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { SkeletonLines } from "@/components/ui/skeleton";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import { TextInput } from "@/components/ui/text-input";
import { eventsQuery } from "@/lib/client/migration-queries";
import { eventText } from "./event-text";
import { RecordLink } from "./record-link";

const PAGE = 200;

/** The log of facts, newest first, as sentences. */
export function EventsTab({ id }: { id: string }) {
  const { t, tx } = useT();
  const events = useQuery(eventsQuery(id));
  const [text, setText] = useState("");
  const [shown, setShown] = useState(PAGE);
  if (events.isPending) return <SkeletonLines label={t("shell.loading")} lines={8} />;
  if (events.isError) {
    return (
      <ErrorPanel
        title={t("migration.events_failed")}
        error={events.error}
        onRetry={() => events.refetch()}
      />
    );
  }
  const needle = text.trim().toLowerCase();
  const lines = events.data
    .map((event) => ({ event, line: eventText(event, { t, tx }) }))
    .filter(({ line }) => needle === "" || line.toLowerCase().includes(needle))
    .reverse();
  return (
    <Panel
      title={t("migration.tab.events")}
      note={String(lines.length)}
      actions={
        <>
          <ButtonLink icon={FileText} href={`/migrations/${id}/report`}>
            {t("event.report")}
          </ButtonLink>
          <RecordLink id={id} />
          <TextInput
            icon={Search}
            aria-label={t("event.filter")}
            placeholder={t("event.filter")}
            value={text}
            onChange={(change) => setText(change.target.value)}
            className="sm:w-64"
          />
        </>
      }
    >
      {lines.length === 0 ? (
        <p className="px-4 py-6 text-fg-2 text-table">{t("event.none", { text })}</p>
      ) : (
        <Table caption={t("event.caption")} compact>
          <TableHead>
            <Th className="max-sm:hidden">{t("event.at")}</Th>
            <Th>{t("event.what")}</Th>
            <Th className="max-sm:hidden">{t("event.actor")}</Th>
          </TableHead>
          <tbody>
            {lines.slice(0, shown).map(({ event, line }) => (
              <Tr key={event.seq}>
                <Td className="whitespace-nowrap text-fg-2 max-sm:hidden">
                  <Timestamp at={event.at} style="full" />
                </Td>
                <Td className="wrap-anywhere">
                  <span className="block text-cap text-fg-2 sm:hidden">
                    <Timestamp at={event.at} style="full" />
                    {" · "}
                    {tx(`event.actor.${event.actor}`, {}, event.actor)}
                  </span>
                  {line}
                </Td>
                <Td className="whitespace-nowrap text-fg-2 max-sm:hidden">
                  {tx(`event.actor.${event.actor}`, {}, event.actor)}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
      {lines.length > shown ? (
        <div className="border-t border-border px-4 py-2">
          <Button variant="ghost" onClick={() => setShown(shown + PAGE)}>
            {t("event.more", { count: lines.length - shown })}
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}
