"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { PasswordField } from "@/components/ui/password-field";
import { setPassword } from "@/lib/client/session-queries";

interface PasswordFormProps {
  /** For the browser's store of passwords. */
  name: string;
  needsCurrent: boolean;
  /** Its dialog is about nothing else: it has focus at once. */
  first?: boolean;
  onDone?: () => void;
}

export function PasswordForm({ name, needsCurrent, first = false, onDone }: PasswordFormProps) {
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
          onDone?.();
        },
      },
    );
  };
  return (
    <form onSubmit={submit} className="p-4">
      <input type="hidden" name="username" autoComplete="username" value={name} />
      {needsCurrent ? (
        <PasswordField
          label={t("people.password.current")}
          autoComplete="current-password"
          value={currentPassword}
          onValue={setCurrent}
        />
      ) : null}
      <PasswordField
        first={first}
        label={t("people.password.new")}
        hint={t("people.password.hint")}
        autoComplete="new-password"
        value={newPassword}
        onValue={setNew}
      />
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
