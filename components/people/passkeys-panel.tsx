"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { SkeletonLines } from "@/components/ui/skeleton";
import { TextInput } from "@/components/ui/text-input";
import { addPasskey, passkeysQuery } from "@/lib/client/passkeys";
import { PasskeyRow } from "./passkey-row";

/** One's own passkeys: made, named, taken back. */
export function PasskeysPanel() {
  const { t } = useT();
  const list = useQuery(passkeysQuery());
  const { data } = list;
  return (
    <Panel title={t("people.passkeys")} className="mt-4">
      <p className="px-4 pt-4 text-fg-2 text-table">{t("people.passkeys.text")}</p>
      {data ? null : <QueryError query={list} title={t("people.passkeys.error")} />}
      {list.isPending ? <SkeletonLines lines={2} label={t("people.loading")} /> : null}
      {data && data.passkeys.length > 0 ? (
        <ul aria-label={t("people.passkeys")} className="mt-3 divide-y divide-border border-border border-y">
          {data.passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      ) : null}
      {data ? <NewPasskey host={data.host} /> : null}
    </Panel>
  );
}

function NewPasskey({ host }: { host: string | null }) {
  const { t } = useT();
  const [name, setName] = useState("");
  const add = useMutation(addPasskey(useQueryClient()));
  if (host === null) return <p className="p-4 text-fg-2 text-table">{t("people.passkeys.not_here")}</p>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(name, { onSuccess: () => setName("") });
  };
  return (
    <form onSubmit={submit} className="p-4">
      <div className="flex flex-wrap items-end gap-3">
        <Field
          label={t("people.passkeys.name")}
          hint={t("people.passkeys.name.hint")}
          className="min-w-48 flex-1"
        >
          {(control) => (
            <TextInput
              {...control}
              required
              maxLength={60}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" icon={KeyRound} busy={add.isPending}>
          {t("people.passkeys.add", { host })}
        </Button>
      </div>
      {add.isError ? (
        <ErrorPanel title={t("people.passkeys.add.failed")} error={add.error} className="mt-4" />
      ) : null}
      {add.isSuccess ? (
        <p role="status" className="mt-3 text-status-success text-table">
          {t("people.passkeys.added")}
        </p>
      ) : null}
    </form>
  );
}
