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
import { ProviderProof } from "./provider-proof";

/** How somebody shows who they are: by their password; by setting one, who came by a link; at the provider by which they come in. */
export type ProofWay = "password" | "new_password" | "provider";

interface ProofDialogProps {
  /** For the browser's store of passwords. */
  name: string;
  by: ProofWay;
  onProved: () => void;
  onClose: () => void;
}

const WORDS = {
  password: ["people.proof", "people.proof.text"],
  new_password: ["people.proof.first", "people.proof.first.text"],
  provider: ["people.proof", "people.proof.provider.text"],
} as const;

/** Asks who is signed in to show once more who they are; what they were about to do is then done. */
export function ProofDialog({ name, by, onProved, onClose }: ProofDialogProps) {
  const { t } = useT();
  const [title, text] = WORDS[by];
  return (
    <Dialog open onOpenChange={onClose} title={t(title)} description={t(text)}>
      {by === "new_password" ? (
        <PasswordForm name={name} needsCurrent={false} first onDone={onProved} />
      ) : null}
      {by === "password" ? <ProofForm name={name} onProved={onProved} /> : null}
      {by === "provider" ? <ProviderProof onProved={onProved} /> : null}
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
