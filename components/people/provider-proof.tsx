"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { onProof } from "@/lib/client/proof-elsewhere";
import { proveAtProvider } from "@/lib/client/session-queries";

/** The provider asks in a window of its own: what stands on this page, and what was about to be done, stays. */
export function ProviderProof({ onProved }: { onProved: () => void }) {
  const { t } = useT();
  const begin = useMutation(proveAtProvider());
  const proved = useRef(onProved);
  proved.current = onProved;
  useEffect(() => onProof(() => proved.current()), []);
  const open = () => {
    // Opened by the click itself: later, browsers take it for an advertisement.
    const page = window.open("/sign-in/return", "_blank", "popup,width=560,height=720");
    begin.mutate(undefined, {
      onSuccess: ({ url }) => (page === null ? window.open(url) : page.location.assign(url)),
      onError: () => page?.close(),
    });
  };
  return (
    <div className="p-4 sm:px-6">
      {begin.isError ? (
        <ErrorPanel title={t("people.proof.failed")} error={begin.error} className="mb-4" />
      ) : null}
      <Button variant="primary" busy={begin.isPending} onClick={open}>
        {t("people.proof.provider")}
      </Button>
      {begin.isSuccess ? (
        <p role="status" className="mt-3 text-fg-2 text-table">
          {t("people.proof.provider.waiting")}
        </p>
      ) : null}
    </div>
  );
}
