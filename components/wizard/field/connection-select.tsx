"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { ConnectionDrawer } from "@/components/connections/late-connection-drawer";
import { QueryError } from "@/components/failure/query-error";
import { useLocale, useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { connectionsQuery } from "@/lib/client/connection-queries";
import type { ConnectionKind } from "@/lib/contracts/connection";
import { compareNames } from "@/lib/format/compare-names";

interface ConnectionSelectProps {
  id: string;
  kind: ConnectionKind;
  label: string;
  placeholder: string;
  addLabel: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string | null;
  onChange: (connectionId: string | null) => void;
}

/** One of the saved connections, or a new one made on the spot. */
export function ConnectionSelect(props: ConnectionSelectProps) {
  const { id, kind, label, placeholder, addLabel, hint, error, value, onChange } = props;
  const { t } = useT();
  const locale = useLocale();
  const connections = useQuery(connectionsQuery());
  const [adding, setAdding] = useState(false);
  const list = (connections.data?.connections ?? [])
    .filter((connection) => connection.kind === kind)
    .toSorted((a, b) => compareNames(a.name, b.name, locale));
  const known = value === null || list.some((connection) => connection.id === value);
  return (
    <>
      <Field id={id} label={label} hint={hint} error={error}>
        {(control) => (
          <div className="flex flex-wrap gap-2">
            <Select
              {...control}
              value={known ? (value ?? "") : ""}
              onChange={(event) => onChange(event.target.value || null)}
              className="min-w-0 flex-[1_1_240px]"
            >
              <option value="">{connections.isPending ? t("shell.loading") : placeholder}</option>
              {list.map((connection) => (
                <option key={connection.id} value={connection.id}>
                  {connection.sandbox ? `${connection.name} (${t("connections.sandbox")})` : connection.name}
                </option>
              ))}
            </Select>
            <Button icon={Plus} onClick={() => setAdding(true)}>
              {addLabel}
            </Button>
          </div>
        )}
      </Field>
      {connections.data ? null : (
        <QueryError query={connections} title={t("connections.error.list")} className="mb-4" />
      )}
      {adding ? (
        <ConnectionDrawer
          kind={kind}
          connection={null}
          onClose={() => setAdding(false)}
          onSaved={(connection) => onChange(connection.id)}
        />
      ) : null}
    </>
  );
}
