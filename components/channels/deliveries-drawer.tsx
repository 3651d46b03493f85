"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { Drawer } from "@/components/ui/drawer";
import { Link } from "@/components/ui/link";
import { SkeletonLines } from "@/components/ui/skeleton";
import { deliveriesQuery } from "@/lib/client/channel-queries";
import type { ChannelView, DeliveryView } from "@/lib/contracts/channel";

const TONES: Record<DeliveryView["state"], string> = {
  sent: "text-status-success",
  waiting: "text-status-warning",
  given_up: "text-status-danger",
};

/** The newest notices of a channel: which were taken, which are tried again and when, which were given up. */
export function DeliveriesDrawer({ channel, onClose }: { channel: ChannelView; onClose: () => void }) {
  const { t } = useT();
  const deliveries = useQuery(deliveriesQuery(channel.id));
  return (
    <Drawer
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("settings.deliveries.title", { name: channel.name })}
    >
      {deliveries.data ? null : <QueryError query={deliveries} title={t("settings.deliveries.unreadable")} />}
      {deliveries.isPending ? <SkeletonLines lines={6} label={t("shell.loading")} /> : null}
      {deliveries.data?.deliveries.length === 0 ? (
        <p className="text-fg-2">{t("settings.deliveries.none")}</p>
      ) : null}
      <ul className="divide-y divide-border text-table">
        {deliveries.data?.deliveries.map((one) => (
          <li key={one.id} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 py-2">
            <span className="min-w-0">
              {t(`settings.notice.${one.kind}`)}
              {one.migrationId === null ? (
                <span className="block text-cap wrap-anywhere">{one.subject}</span>
              ) : (
                <Link
                  href={`/migrations/${encodeURIComponent(one.migrationId)}`}
                  className="link block text-cap wrap-anywhere"
                >
                  {one.subject}
                </Link>
              )}
            </span>
            <span className="text-right text-cap">
              <span className={TONES[one.state]}>
                {t(`settings.delivery.${one.state}`, { attempts: one.attempts })}
              </span>
              <span className="block text-fg-2">
                <Timestamp at={one.sentAt ?? one.nextAt ?? one.at} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
