"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { PasswordField } from "@/components/ui/password-field";
import { prove } from "@/lib/client/session-queries";

interface PasswordProofProps {
  /** For the browser's store of passwords. */
  name: string;
  onProved: () => void;
}

export function PasswordProof({ name, onProved }: PasswordProofProps) {
  const { t } = useT();
  const [password, setPassword] = useState("");
  const attempt = useMutation(prove());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt.mutate(password, { onSuccess: onProved });
  };
  return (
    <form onSubmit={submit} className="p-4 sm:px-6">
      <input type="hidden" name="username" autoComplete="username" value={name} />
      <PasswordField
        first
        label={t("people.proof.password", { name })}
        autoComplete="current-password"
        value={password}
        onValue={setPassword}
      />
      {attempt.isError ? (
        <ErrorPanel title={t("people.proof.failed")} error={attempt.error} className="mb-4" />
      ) : null}
      <Button type="submit" variant="primary" busy={attempt.isPending}>
        {t("people.proof.submit")}
      </Button>
    </form>
  );
}
