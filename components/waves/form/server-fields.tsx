"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { X } from "lucide-react";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SkeletonLines } from "@/components/ui/skeleton";
import { TextInput } from "@/components/ui/text-input";
import { ConnectionSelect } from "@/components/wizard/field/connection-select";
import type { SourceDatabaseView } from "@/lib/contracts/catalog";
import type { InstanceView } from "@/lib/contracts/instance";
import { DatabaseChoice } from "./database-choice";
import type { ChosenDatabase, ServerForm } from "./wave-form";

interface ServerFieldsProps {
  server: ServerForm;
  /** Of how many it is which, from 1. */
  place: number;
  count: number;
  list: UseQueryResult<{ databases: SourceDatabaseView[] }>;
  chosen: readonly ChosenDatabase[];
  instances: readonly InstanceView[];
  onSource: (connectionId: string | null) => void;
  onChange: (more: Partial<ServerForm>) => void;
  onRemove: () => void;
}

/** One source server of a wave: where its backups are written, and which of its databases are moved. */
export function ServerFields({
  server,
  place,
  count,
  list,
  chosen,
  instances,
  onSource,
  onChange,
  onRemove,
}: ServerFieldsProps) {
  const { t } = useT();
  const folder = (name: "sourceFolder" | "localFolder", label: string) => (
    <Field label={label}>
      {(control) => (
        <TextInput
          {...control}
          mono
          value={server[name]}
          onChange={({ target }) => onChange({ [name]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <section
      aria-label={t("wave.form.server", { place })}
      className="border-border border-b pt-4 last:border-b-0"
    >
      {count > 1 ? (
        <div className="mb-3 flex items-center justify-between px-4">
          <h3 className="font-semibold text-table">{t("wave.form.server", { place })}</h3>
          <Button
            size="sm"
            variant="ghost"
            icon={X}
            aria-label={t("wave.form.server.remove_of", { place })}
            onClick={onRemove}
          >
            {t("wave.form.server.remove")}
          </Button>
        </div>
      ) : null}
      <div className="grid gap-x-6 px-4 lg:grid-cols-3">
        <div>
          <ConnectionSelect
            id={`wave-source-${server.key}`}
            kind="sql_server"
            label={t("wave.form.source")}
            placeholder={t("wave.form.source.choose")}
            addLabel={t("wave.form.source.add")}
            value={server.sourceConnectionId}
            onChange={onSource}
          />
        </div>
        {folder("sourceFolder", t("wave.form.source_folder"))}
        {folder("localFolder", t("wave.form.local_folder"))}
      </div>
      {list.isError ? (
        <QueryError query={list} title={t("wave.form.list_failed")} className="mx-4 mb-4" />
      ) : null}
      {list.isLoading ? <SkeletonLines lines={4} label={t("wave.loading")} className="px-4 pb-4" /> : null}
      {list.data ? (
        <DatabaseChoice server={server} chosen={chosen} instances={instances} onChange={onChange} />
      ) : null}
    </section>
  );
}
