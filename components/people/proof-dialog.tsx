"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { PasswordField } from "@/components/ui/password-field";
import { prove } from "@/lib/client/session-queries";
import { PasswordForm } from "./password-form";

interface ProofDialogProps {
  /** For the browser's store of passwords. */
  name: string;
  /** Who came by a link and has no password sets one. */
  isFirst: boolean;
  onProved: () => void;
  onClose: () => void;
}

/** Asks who is signed in to show once more who they are; what they were about to do is then done. */
export function ProofDialog({ name, isFirst, onProved, onClose }: ProofDialogProps) {
  const { t } = useT();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(isFirst ? "people.proof.first" : "people.proof")}
      description={t(isFirst ? "people.proof.first.text" : "people.proof.text")}
    >
      {isFirst ? (
        <PasswordForm name={name} needsCurrent={false} onDone={onProved} />
      ) : (
        <ProofForm name={name} onProved={onProved} />
      )}
    </Dialog>
  );
}

function ProofForm({ name, onProved }: Pick<ProofDialogProps, "name" | "onProved">) {
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
