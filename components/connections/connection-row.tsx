"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, CircleDashed, Pencil, PlugZap, Trash2 } from "lucide-react";
import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { useNow } from "@/components/locale/use-now";
import { useAnnounce } from "@/components/ui/announcer";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { Mono } from "@/components/ui/mono";
import { testConnection } from "@/lib/client/connection-mutations";
import type { ConnectionView } from "@/lib/contracts/connection";
import { TestResult } from "./test-result";

const TOKEN_SOON_MS = 12 * 3_600_000;

interface ConnectionRowProps {
  connection: ConnectionView;
  onEdit: () => void;
  onDelete: () => void;
}

/** One connection: where it leads, how its last test went, and what can be done with it. */
export function ConnectionRow({ connection, onEdit, onDelete }: ConnectionRowProps) {
  const { t } = useT();
  const announce = useAnnounce();
  const test = useMutation(testConnection(useQueryClient()));
  const [open, setOpen] = useState(false);
  const { lastTest, name } = connection;

  const runTest = async () => {
    const result = await test.mutateAsync(connection.id).catch(() => null);
    setOpen(true);
    if (result) announce(result.ok ? t("connections.test.ok") : t("connections.test.failed"));
  };

  return (
    <li className="border-b border-border px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-[1_1_260px]">
          <h3 className="flex flex-wrap items-center gap-2">
            <span className="wrap-anywhere">{connection.name}</span>
            {connection.sandbox ? (
              <span title={t("connections.sandbox.hint")}>
                <Tag>{t("connections.sandbox")}</Tag>
              </span>
            ) : null}
          </h3>
          <Where connection={connection} />
          <p className="mt-0.5 text-cap text-fg-3">
            {t("connections.card.usedBy", { count: connection.migrations })}
          </p>
        </div>
        <div className="flex-[0_1_200px] text-table">
          <LastTest connection={connection} open={open} onToggle={() => setOpen(!open)} />
        </div>
        <div className="flex items-center gap-1">
          <Button
            size="sm"
            icon={PlugZap}
            busy={test.isPending}
            onClick={runTest}
            aria-label={t("connections.card.testOf", { name })}
          >
            {test.isPending ? t("connections.card.testing") : t("connections.card.testNow")}
          </Button>
          {connection.kind === "cloud_account" ? (
            <Link href={`/connections/bucket?account=${connection.id}`} className="link px-2 text-table">
              {t("connections.card.buckets")}
            </Link>
          ) : null}
          {connection.sandbox ? null : (
            <>
              <IconButton icon={Pencil} label={t("connections.card.editOf", { name })} onClick={onEdit} />
              <IconButton icon={Trash2} label={t("connections.card.deleteOf", { name })} onClick={onDelete} />
            </>
          )}
        </div>
      </div>
      {test.error ? (
        <ErrorPanel
          title={t("connections.test.error")}
          error={test.error}
          onRetry={runTest}
          className="mt-3"
        />
      ) : open && lastTest ? (
        <TestResult test={lastTest} address={addressOf(connection)} className="mt-3" />
      ) : null}
    </li>
  );
}

function Where({ connection }: { connection: ConnectionView }) {
  const { t } = useT();
  if (connection.kind === "sql_server") {
    const { host, port, instanceName, user, encrypt } = connection.settings;
    return (
      <p className="flex flex-wrap gap-x-3 text-fg-2 text-table wrap-anywhere">
        <Mono className="text-fg">
          {host}
          {instanceName ? `\\${instanceName}` : port ? `,${port}` : ""}
        </Mono>
        <span>
          {t("connections.card.user")} <Mono>{user}</Mono>
        </span>
        <span>
          {t("connections.card.encryption")} {t(`connections.field.encrypt.${encrypt}`)}
        </span>
      </p>
    );
  }
  const { regionId, accessKeyId, expiresAt, rdsEndpoint, ossEndpoint, ramEndpoint } = connection.settings;
  const own = rdsEndpoint ?? ossEndpoint ?? ramEndpoint;
  return (
    <p className="flex flex-wrap gap-x-3 text-fg-2 text-table wrap-anywhere">
      <Mono className="text-fg">{regionId}</Mono>
      <span>
        {accessKeyId === "" ? (
          t("connections.field.credential.default_chain")
        ) : (
          <>
            {t("connections.card.accessKeyId")} <Mono>{accessKeyId}</Mono>
          </>
        )}
      </span>
      {expiresAt ? <TokenEnd at={expiresAt} /> : null}
      <span>
        {t("connections.card.endpoints")}{" "}
        {own ? t("connections.card.endpoints.own") : t("connections.card.endpoints.region")}
      </span>
    </p>
  );
}

/** When an STS token ends; soon and past stand out. */
function TokenEnd({ at }: { at: string }) {
  const { t } = useT();
  const leftMs = Date.parse(at) - useNow();
  return (
    <span
      className={
        leftMs <= 0 ? "text-status-danger" : leftMs < TOKEN_SOON_MS ? "text-status-warning" : undefined
      }
    >
      {t("connections.card.token")}{" "}
      {leftMs <= 0 ? t("connections.card.token.ended") : t("connections.card.token.until")}{" "}
      <Timestamp at={at} />
    </span>
  );
}

function LastTest({
  connection,
  open,
  onToggle,
}: {
  connection: ConnectionView;
  open: boolean;
  onToggle: () => void;
}) {
  const { t } = useT();
  const { lastTest } = connection;
  if (!lastTest) {
    return (
      <span className="inline-flex items-center gap-1.5 text-fg-2">
        <CircleDashed size={14} strokeWidth={1.75} aria-hidden />
        {t("connections.card.neverTested")}
      </span>
    );
  }
  const Glyph = lastTest.ok ? CircleCheck : CircleAlert;
  return (
    <>
      <span
        className={
          lastTest.ok
            ? "inline-flex items-center gap-1.5 font-medium text-status-success"
            : "inline-flex items-center gap-1.5 font-medium text-status-danger"
        }
      >
        <Glyph size={14} strokeWidth={1.75} aria-hidden />
        {lastTest.ok ? t("connections.card.tested") : t("connections.card.failed")}
      </span>
      <span className="flex flex-wrap gap-x-3 text-cap text-fg-2">
        <Timestamp at={lastTest.at} />
        <button type="button" aria-expanded={open} onClick={onToggle} className="link">
          {t("connections.card.facts")}
        </button>
      </span>
    </>
  );
}

function addressOf(connection: ConnectionView): { host: string; port: string } {
  if (connection.kind !== "sql_server") return { host: "", port: "" };
  return { host: connection.settings.host, port: String(connection.settings.port ?? 1433) };
}
