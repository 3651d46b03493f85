"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { BellPlus, BellRing, Plus, Send } from "lucide-react";
import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { QueryError } from "@/components/failure/query-error";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { useAnnounce } from "@/components/ui/announcer";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Mono } from "@/components/ui/mono";
import { Panel } from "@/components/ui/panel";
import { SkeletonLines } from "@/components/ui/skeleton";
import { channelsQuery, tryChannel } from "@/lib/client/channel-queries";
import type { ChannelOutcome, ChannelView } from "@/lib/contracts/channel";

const ChannelDrawer = latePiece({
  texts: ["settings"],
  load: async () => (await import("./channel-drawer")).ChannelDrawer,
});

const DeliveriesDrawer = latePiece({
  texts: ["settings"],
  load: async () => (await import("./deliveries-drawer")).DeliveriesDrawer,
});

/** Who is told of what, by which service, and whether it was taken. `mine`: how whoever looks is told, and nobody else. */
export function ChannelsPanel({ mine = false }: { mine?: boolean }) {
  const { t } = useT();
  const channels = useQuery(channelsQuery());
  const [edited, setEdited] = useState<{ channel: ChannelView | null } | null>(null);
  const [shown, setShown] = useState<ChannelView | null>(null);
  const listed = channels.data?.channels.filter((channel) => channel.mine === mine) ?? [];
  return (
    <Panel
      title={t(mine ? "settings.channels.mine" : "settings.channels.title")}
      note={t(mine ? "settings.channels.mine_note" : "settings.channels.note")}
      actions={
        <Button size="sm" icon={Plus} onClick={() => setEdited({ channel: null })}>
          {t("settings.channels.add")}
        </Button>
      }
    >
      {channels.data ? null : (
        <QueryError query={channels} title={t("settings.channels.unreadable")} className="m-4" />
      )}
      {channels.isPending ? (
        <SkeletonLines lines={3} label={t("shell.loading")} className="p-4" />
      ) : channels.data && listed.length === 0 ? (
        <EmptyState
          icon={BellPlus}
          title={t(mine ? "settings.channels.mine_none" : "settings.channels.none")}
        >
          {t(mine ? "settings.channels.mine_none_text" : "settings.channels.none_text")}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-border">
          {listed.map((channel) => (
            <ChannelRow
              key={channel.id}
              channel={channel}
              onEdit={() => setEdited({ channel })}
              onDeliveries={() => setShown(channel)}
            />
          ))}
        </ul>
      )}
      {edited ? (
        <ChannelDrawer
          channel={edited.channel}
          mine={mine}
          mailServers={(channels.data?.channels ?? []).filter(
            (channel) => channel.kind === "email" && !channel.mine && channel.enabled,
          )}
          onClose={() => setEdited(null)}
        />
      ) : null}
      {shown ? <DeliveriesDrawer channel={shown} onClose={() => setShown(null)} /> : null}
    </Panel>
  );
}

interface ChannelRowProps {
  channel: ChannelView;
  onEdit: () => void;
  onDeliveries: () => void;
}

function ChannelRow({ channel, onEdit, onDeliveries }: ChannelRowProps) {
  const { t } = useT();
  const announce = useAnnounce();
  const attempt = useMutation(tryChannel(useQueryClient()));
  const { name, kind, host, enabled, signed, notices, waiting, givenUp, last } = channel;
  const send = async () => {
    const outcome = await attempt.mutateAsync(channel).catch(() => null);
    if (outcome) announce(t(outcome.ok ? "settings.channels.tried" : "settings.channels.refused"));
  };
  return (
    <li className="grid gap-x-4 gap-y-2 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-start">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2">
          <b className="wrap-anywhere">{name}</b>
          <Tag>{t(`settings.kind.${kind}`)}</Tag>
          {enabled ? null : <Tag>{t("settings.channels.off")}</Tag>}
        </p>
        <p className="text-cap text-fg-2">
          <Mono className="wrap-anywhere">{host}</Mono>
          {kind === "email" || signed ? "" : ` · ${t("settings.channels.unsigned")}`} ·{" "}
          {t("settings.channels.kinds", { count: notices.length })}
        </p>
        <Standing outcome={attempt.data ?? last} waiting={waiting} givenUp={givenUp} />
        {attempt.error ? (
          <ErrorPanel title={t("settings.channels.try_failed")} error={attempt.error} className="mt-2" />
        ) : null}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" icon={Send} busy={attempt.isPending} onClick={send}>
          {t("settings.channels.try")}
        </Button>
        <Button size="sm" icon={BellRing} onClick={onDeliveries}>
          {t("settings.channels.deliveries")}
        </Button>
        <Button size="sm" onClick={onEdit} aria-label={t("settings.channels.edit_label", { name })}>
          {t("settings.channels.edit")}
        </Button>
      </div>
    </li>
  );
}

interface StandingProps {
  outcome: ChannelOutcome | null;
  waiting: number;
  givenUp: number;
}

function Standing({ outcome, waiting, givenUp }: StandingProps) {
  const { t } = useT();
  return (
    <p role="status" className="text-cap">
      {outcome === null ? (
        <span className="text-fg-2">{t("settings.channels.never")}</span>
      ) : (
        <span className={outcome.ok ? "text-status-success" : "text-status-danger"}>
          {outcome.ok
            ? t("settings.channels.taken")
            : t("settings.channels.not_taken", {
                status: outcome.status ?? t("settings.channels.no_answer"),
                said: outcome.said,
              })}{" "}
          <Timestamp at={outcome.at} />
        </span>
      )}
      {waiting > 0 ? (
        <span className="text-status-warning"> · {t("settings.channels.waiting", { count: waiting })}</span>
      ) : null}
      {givenUp > 0 ? (
        <span className="text-status-danger"> · {t("settings.channels.given_up", { count: givenUp })}</span>
      ) : null}
    </p>
  );
}
