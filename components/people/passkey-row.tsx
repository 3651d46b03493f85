"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";
import { renamePasskey, revokePasskey } from "@/lib/client/passkeys";
import type { PasskeyView } from "@/lib/contracts/passkey";

export function PasskeyRow({ passkey }: { passkey: PasskeyView }) {
  const { t } = useT();
  const client = useQueryClient();
  const rename = useMutation(renamePasskey(client));
  const revoke = useMutation(revokePasskey(client));
  const [typed, setTyped] = useState<string | null>(null);
  const { id, name, host, addedAt, usedAt } = passkey;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed !== null) rename.mutate({ id, name: typed }, { onSuccess: () => setTyped(null) });
  };
  const failed = rename.error ?? revoke.error;
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        {typed === null ? (
          <div className="min-w-0">
            <p className="font-semibold wrap-anywhere">{name}</p>
            <p className="text-cap text-fg-2 wrap-anywhere">
              {host} · {t("people.passkeys.added_at")} <Timestamp at={addedAt} /> ·{" "}
              {usedAt === null ? (
                t("people.passkeys.never_used")
              ) : (
                <>
                  {t("people.passkeys.used_at")} <Timestamp at={usedAt} />
                </>
              )}
            </p>
          </div>
        ) : (
          <form onSubmit={submit} className="flex min-w-0 flex-1 flex-wrap gap-2">
            <TextInput
              aria-label={t("people.passkeys.name")}
              required
              maxLength={60}
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              className="min-w-40 flex-1"
            />
            <Button type="submit" size="sm" variant="primary" busy={rename.isPending}>
              {t("people.passkeys.rename.submit")}
            </Button>
            <Button size="sm" onClick={() => setTyped(null)}>
              {t("people.passkeys.rename.cancel")}
            </Button>
          </form>
        )}
        {typed === null ? (
          <div className="flex flex-none gap-2">
            <Button
              size="sm"
              aria-label={t("people.passkeys.rename.of", { name })}
              onClick={() => setTyped(name)}
            >
              {t("people.passkeys.rename")}
            </Button>
            <Button
              size="sm"
              busy={revoke.isPending}
              aria-label={t("people.passkeys.revoke.of", { name })}
              onClick={() => revoke.mutate(id)}
            >
              {t("people.passkeys.revoke")}
            </Button>
          </div>
        ) : null}
      </div>
      {failed ? (
        <ErrorPanel title={t("people.passkeys.change.failed")} error={failed} className="mt-3" />
      ) : null}
    </li>
  );
}
