"use client";

import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { signInByPasskey } from "@/lib/client/passkeys";
import { nextPage } from "./next-page";

/** Signs in by whichever passkey the device has for this address, then leads to the page that was wanted. */
export function PasskeyWay() {
  const { t } = useT();
  const attempt = useMutation(signInByPasskey());
  return (
    <div className="mt-2">
      {attempt.isError ? (
        <ErrorPanel title={t("entry.failed")} error={attempt.error} className="mb-4" />
      ) : null}
      <Button
        icon={KeyRound}
        busy={attempt.isPending || attempt.isSuccess}
        className="w-full"
        onClick={() =>
          attempt.mutate(undefined, {
            onSuccess: () => location.assign(nextPage(location.search, location.origin)),
          })
        }
      >
        {t("entry.passkey")}
      </Button>
    </div>
  );
}
