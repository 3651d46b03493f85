"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Mono } from "@/components/ui/mono";
import { Panel } from "@/components/ui/panel";
import { TextInput } from "@/components/ui/text-input";
import { approvedFoldersQuery, saveApprovedFolders } from "@/lib/client/approved-folders-query";

const EMPTY = { source: "", local: "" };

/** Folders that operators may use: what SQL Server writes to with its own account, and where this process reads it. */
export function FoldersPanel({ mayChange }: { mayChange: boolean }) {
  const { t } = useT();
  const query = useQuery(approvedFoldersQuery);
  const save = useMutation(saveApprovedFolders(useQueryClient()));
  const [typed, setTyped] = useState(EMPTY);
  const folders = query.data?.folders ?? [];
  const add = (event: FormEvent) => {
    event.preventDefault();
    const source = typed.source.trim() === "" ? null : typed.source;
    save.mutate(
      { folders: [...folders, { source, local: typed.local }] },
      { onSuccess: () => setTyped(EMPTY) },
    );
  };
  return (
    <Panel title={t("settings.folders.title")} note={t("settings.folders.note")}>
      {query.data ? null : (
        <QueryError query={query} title={t("settings.folders.unreadable")} className="m-4" />
      )}
      {query.data && folders.length === 0 ? (
        <p className="p-4 text-fg-2 text-table">{t("settings.folders.none")}</p>
      ) : null}
      <ul className="divide-y divide-border">
        {folders.map(({ source, local }, index) => (
          <li
            key={`${source} ${local}`}
            className="flex items-start justify-between gap-4 px-4 py-2 text-table"
          >
            <span className="min-w-0 wrap-anywhere">
              {source === null ? t("settings.folders.read_only") : <Mono>{source}</Mono>}
              {" → "}
              <Mono>{local}</Mono>
            </span>
            {mayChange ? (
              <Button
                size="sm"
                aria-label={t("settings.folders.remove_label", { local })}
                onClick={() => save.mutate({ folders: folders.filter((_, at) => at !== index) })}
              >
                {t("settings.folders.remove")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {mayChange ? (
        <form onSubmit={add} className="flex flex-wrap items-end gap-3 border-border border-t p-4">
          <Field label={t("settings.folders.source")} className="min-w-40 flex-1">
            {(control) => (
              <TextInput
                {...control}
                maxLength={400}
                value={typed.source}
                onChange={(event) => setTyped({ ...typed, source: event.target.value })}
              />
            )}
          </Field>
          <Field label={t("settings.folders.local")} className="min-w-40 flex-1">
            {(control) => (
              <TextInput
                {...control}
                required
                maxLength={400}
                value={typed.local}
                onChange={(event) => setTyped({ ...typed, local: event.target.value })}
              />
            )}
          </Field>
          <Button type="submit" busy={save.isPending}>
            {t("settings.folders.approve")}
          </Button>
        </form>
      ) : null}
      {save.isError ? (
        <ErrorPanel title={t("settings.folders.failed")} error={save.error} className="m-4" />
      ) : null}
    </Panel>
  );
}
