"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { TextInput } from "@/components/ui/text-input";
import { invitePerson } from "@/lib/client/people-queries";
import type { LinkView } from "@/lib/contracts/people";
import type { Role } from "@/lib/contracts/system";
import { RoleSelect } from "./role-select";

/** Somebody new: a name to sign in by, and what they may. */
export function InviteForm({ onMade }: { onMade: (made: { name: string; link: LinkView }) => void }) {
  const { t } = useT();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("operator");
  const invite = useMutation(invitePerson(useQueryClient()));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate(
      { name, role },
      {
        onSuccess: (link) => {
          onMade({ name, link });
          setName("");
        },
      },
    );
  };
  return (
    <Panel title={t("people.invite.title")} className="mb-4">
      <form onSubmit={submit} className="p-4">
        <div className="flex flex-wrap items-end gap-4">
          <Field label={t("people.name")} className="min-w-48 flex-1">
            {(control) => (
              <TextInput
                {...control}
                required
                maxLength={100}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label={t("people.role")} className="w-48">
            {(control) => <RoleSelect {...control} role={role} onRole={setRole} />}
          </Field>
          <Button type="submit" variant="primary" busy={invite.isPending}>
            {t("people.invite.submit")}
          </Button>
        </div>
        <p className="mt-3 text-cap text-fg-2">{t(`people.role.${role}.text`)}</p>
        {invite.isError ? (
          <ErrorPanel title={t("people.invite.failed")} error={invite.error} className="mt-4" />
        ) : null}
      </form>
    </Panel>
  );
}
