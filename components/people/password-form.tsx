"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { setPassword } from "@/lib/client/session-queries";

interface PasswordFormProps {
  /** For the browser's store of passwords. */
  name: string;
  needsCurrent: boolean;
}

export function PasswordForm({ name, needsCurrent }: PasswordFormProps) {
  const { t } = useT();
  const [currentPassword, setCurrent] = useState("");
  const [newPassword, setNew] = useState("");
  const change = useMutation(setPassword(useQueryClient()));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { currentPassword: needsCurrent ? currentPassword : null, newPassword },
      {
        onSuccess: () => {
          setCurrent("");
          setNew("");
        },
      },
    );
  };
  return (
    <form onSubmit={submit} className="p-4">
      <input type="hidden" name="username" autoComplete="username" value={name} />
      {needsCurrent ? (
        <Field label={t("people.password.current")}>
          {(control) => (
            <TextInput
              {...control}
              required
              type="password"
              autoComplete="current-password"
              value={currentPassword}
              onChange={(event) => setCurrent(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <Field label={t("people.password.new")} hint={t("people.password.hint")}>
        {(control) => (
          <TextInput
            {...control}
            required
            type="password"
            autoComplete="new-password"
            value={newPassword}
            onChange={(event) => setNew(event.target.value)}
          />
        )}
      </Field>
      {change.isError ? (
        <ErrorPanel title={t("people.password.failed")} error={change.error} className="mb-4" />
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" busy={change.isPending}>
          {t("people.password.submit")}
        </Button>
        {change.isSuccess ? (
          <span role="status" className="text-table text-status-success">
            {t("people.password.done")}
          </span>
        ) : null}
      </div>
    </form>
  );
}
