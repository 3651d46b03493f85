"use client";

import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { proveByPasskey } from "@/lib/client/passkeys";
import { PasswordProof } from "./password-proof";

interface PasskeyProofProps {
  name: string;
  onProved: () => void;
}

/** A passkey, or the password where the device is not at hand. */
export function PasskeyProof({ name, onProved }: PasskeyProofProps) {
  const { t } = useT();
  const [byPassword, setByPassword] = useState(false);
  const attempt = useMutation(proveByPasskey());
  if (byPassword) return <PasswordProof name={name} onProved={onProved} />;
  return (
    <div className="p-4 sm:px-6">
      {attempt.isError ? (
        <ErrorPanel title={t("people.proof.failed")} error={attempt.error} className="mb-4" />
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          icon={KeyRound}
          busy={attempt.isPending}
          onClick={() => attempt.mutate(undefined, { onSuccess: onProved })}
        >
          {t("people.proof.passkey")}
        </Button>
        <Button onClick={() => setByPassword(true)}>{t("people.proof.password_instead")}</Button>
      </div>
    </div>
  );
}
