"use client";

import { useQuery } from "@tanstack/react-query";
import { Cloud, Plus, Server } from "lucide-react";
import { useState } from "react";
import { QueryError } from "@/components/failure/query-error";
import { latePiece } from "@/components/late/late-piece";
import { useLocale, useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonLines } from "@/components/ui/skeleton";
import { connectionsQuery } from "@/lib/client/connection-queries";
import type { ConnectionKind, ConnectionView } from "@/lib/contracts/connection";
import { compareNames } from "@/lib/format/compare-names";
import { ConnectionRow } from "./connection-row";
import { ConnectionDrawer } from "./late-connection-drawer";
import { ScriptsPanel } from "./scripts-panel";

const DeleteConnectionDialog = latePiece({
  texts: ["connections"],
  load: async () => (await import("./delete-connection-dialog")).DeleteConnectionDialog,
});

const KINDS = [
  { kind: "sql_server", icon: Server },
  { kind: "cloud_account", icon: Cloud },
] as const;

export function ConnectionsScreen() {
  const { t } = useT();
  const connections = useQuery(connectionsQuery());
  const [edited, setEdited] = useState<{ kind: ConnectionKind; connection: ConnectionView | null } | null>(
    null,
  );
  const [deleted, setDeleted] = useState<ConnectionView | null>(null);
  return (
    <div className="page">
      <h1>{t("connections.title")}</h1>
      <p className="mb-4 text-fg-2">{t("connections.intro")}</p>
      {connections.data ? null : (
        <QueryError query={connections} title={t("connections.error.list")} className="mb-4" />
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-2">
        {KINDS.map(({ kind, icon }) => (
          <Group
            key={kind}
            kind={kind}
            icon={icon}
            connections={connections.data?.connections.filter((view) => view.kind === kind)}
            isLoading={connections.isPending}
            onAdd={() => setEdited({ kind, connection: null })}
            onEdit={(connection) => setEdited({ kind, connection })}
            onDelete={setDeleted}
          />
        ))}
        <div className="xl:col-span-2">
          <ScriptsPanel connections={connections.data?.connections ?? []} />
        </div>
      </div>
      {edited ? <ConnectionDrawer {...edited} onClose={() => setEdited(null)} /> : null}
      {deleted ? <DeleteConnectionDialog connection={deleted} onClose={() => setDeleted(null)} /> : null}
    </div>
  );
}

interface GroupProps {
  kind: ConnectionKind;
  icon: (typeof KINDS)[number]["icon"];
  connections: ConnectionView[] | undefined;
  isLoading: boolean;
  onAdd: () => void;
  onEdit: (connection: ConnectionView) => void;
  onDelete: (connection: ConnectionView) => void;
}

function Group({ kind, icon, connections, isLoading, onAdd, onEdit, onDelete }: GroupProps) {
  const { t } = useT();
  const locale = useLocale();
  const add = (
    <Button size="sm" icon={Plus} onClick={onAdd}>
      {t(`connections.add.${kind}`)}
    </Button>
  );
  return (
    <Panel
      title={t(`connections.group.${kind}`)}
      note={connections && t("connections.group.count", { count: connections.length })}
      actions={add}
    >
      {isLoading ? (
        <SkeletonLines lines={3} label={t("connections.loading")} className="p-4" />
      ) : connections?.length ? (
        <ul>
          {connections
            .toSorted((a, b) => compareNames(a.name, b.name, locale))
            .map((connection) => (
              <ConnectionRow
                key={connection.id}
                connection={connection}
                onEdit={() => onEdit(connection)}
                onDelete={() => onDelete(connection)}
              />
            ))}
        </ul>
      ) : connections ? (
        <EmptyState icon={icon} title={t(`connections.empty.${kind}`)}>
          {t(`connections.empty.${kind}.text`)}
        </EmptyState>
      ) : null}
    </Panel>
  );
}
