"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowUpToLine, Server } from "lucide-react";
import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Mono } from "@/components/ui/mono";
import { bucketReachQuery } from "@/lib/client/upload/reach-bucket";
import { allowAccess } from "@/lib/client/upload/upload-queries";
import type { UploadAccessView } from "@/lib/contracts/browser-upload";

/** Says plainly which way the bytes go, and offers to open the straight one. */
export function WayNote({ migrationId, onAllowed }: { migrationId: string; onAllowed: () => void }) {
  const { t } = useT();
  const { data, error, isError, isPending, refetch, isFetching } = useQuery(bucketReachQuery(migrationId));
  const [asking, setAsking] = useState(false);
  if (isPending) return <p className="text-cap text-fg-2">{t("upload.way.looking")}</p>;
  if (isError) {
    return <ErrorPanel title={t("upload.way.failed")} error={error} onRetry={() => void refetch()} />;
  }
  const { access, reach } = data;
  if (reach === "open") {
    return (
      <p className="flex gap-2 text-cap text-fg-2">
        <ArrowUpToLine size={15} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
        {t("upload.way.open", { bucket: access.bucket })}
      </p>
    );
  }
  if (reach === "away") {
    return (
      <Callout
        tone="warning"
        title={t("upload.way.away", { host: new URL(access.probeUrl).host })}
        actions={
          <Button size="sm" busy={isFetching} onClick={() => void refetch()}>
            {t("upload.way.again")}
          </Button>
        }
      >
        {t("upload.way.away.text")}
      </Callout>
    );
  }
  return (
    <Callout
      tone="warning"
      title={t("upload.way.closed", { bucket: access.bucket })}
      actions={
        <>
          <Button size="sm" variant="primary" onClick={() => setAsking(true)}>
            {t("upload.cors.show")}
          </Button>
          <Button size="sm" busy={isFetching} onClick={() => void refetch()}>
            {t("upload.way.again")}
          </Button>
        </>
      }
    >
      <span className="flex gap-2">
        <Server size={15} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
        {t("upload.way.closed.text")}
      </span>
      {asking ? (
        <CorsDialog
          migrationId={migrationId}
          access={access}
          onClose={() => setAsking(false)}
          onAllowed={onAllowed}
        />
      ) : null}
    </Callout>
  );
}

/** The exact rule, before it is set. */
function CorsDialog({
  migrationId,
  access,
  onClose,
  onAllowed,
}: {
  migrationId: string;
  access: UploadAccessView;
  onClose: () => void;
  onAllowed: () => void;
}) {
  const { t } = useT();
  const allow = useMutation(allowAccess(useQueryClient(), migrationId));
  const { rule } = access;
  const rows = [
    [t("upload.cors.origin"), rule.allowedOrigins],
    [t("upload.cors.methods"), rule.allowedMethods],
    [t("upload.cors.headers"), rule.allowedHeaders],
    [t("upload.cors.expose"), rule.exposeHeaders],
    [t("upload.cors.age"), rule.maxAgeSeconds === null ? [] : [String(rule.maxAgeSeconds)]],
  ] as const;
  const confirm = () =>
    allow.mutate(undefined, {
      onSuccess: () => {
        onAllowed();
        onClose();
      },
    });
  return (
    <AskDialog
      title={t("upload.cors.title", { bucket: access.bucket })}
      description={t("upload.cors.text")}
      confirm={t("upload.cors.set")}
      busy={allow.isPending}
      error={allow.error}
      failed={t("upload.cors.failed")}
      onConfirm={confirm}
      onClose={onClose}
    >
      <dl className="grid grid-cols-[minmax(96px,150px)_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-table">
        {rows.map(([label, values]) => (
          <div key={label} className="contents">
            <dt className="text-fg-2">{label}</dt>
            <dd className="wrap-anywhere">
              <Mono>{values.join(", ")}</Mono>
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-cap text-fg-2">
        {access.why === null
          ? t("upload.cors.others", { count: access.otherRules })
          : t("upload.cors.unread", { code: access.why })}
      </p>
    </AskDialog>
  );
}
