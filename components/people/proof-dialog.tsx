"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Dialog } from "@/components/ui/dialog";
import { PasskeyProof } from "./passkey-proof";
import { PasswordForm } from "./password-form";
import { PasswordProof } from "./password-proof";
import { ProviderProof } from "./provider-proof";

/**
 * How somebody shows who they are: by a passkey of this address; by their password; by setting one, who came by a link; at the provider by
 * which they come in.
 */
export type ProofWay = "passkey" | "password" | "new_password" | "provider";

interface ProofDialogProps {
  /** For the browser's store of passwords. */
  name: string;
  by: ProofWay;
  onProved: () => void;
  onClose: () => void;
}

const WORDS = {
  passkey: ["people.proof", "people.proof.passkey.text"],
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
      {by === "passkey" ? <PasskeyProof name={name} onProved={onProved} /> : null}
      {by === "password" ? <PasswordProof name={name} onProved={onProved} /> : null}
      {by === "provider" ? <ProviderProof onProved={onProved} /> : null}
    </Dialog>
  );
}
