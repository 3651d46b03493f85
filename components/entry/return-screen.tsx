"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { ButtonLink } from "@/components/ui/button";
import { tellProof } from "@/lib/client/proof-elsewhere";
import { finishAtProvider } from "@/lib/client/session-queries";
import { EntryFrame } from "./entry-frame";
import { nextPage } from "./next-page";

/**
 * Where a provider sends the browser back to: hands over what it came with, which it takes out of sight. A window that was opened to
 * ask for it has nothing of the kind yet, and waits to be led on.
 */
export function ReturnScreen() {
  const { t } = useT();
  const [hasAnswer, setHasAnswer] = useState(true);
  const [isShown, setIsShown] = useState(false);
  const { mutate, isError, error } = useMutation(finishAtProvider());
  const sent = useRef(false);
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    const answer = location.search.slice(1);
    setHasAnswer(answer !== "");
    if (answer === "") return;
    history.replaceState(null, "", location.pathname);
    mutate(answer, {
      onSuccess: ({ purpose, next }) => {
        if (purpose === "sign_in") {
          location.assign(nextPage(`?${new URLSearchParams({ next })}`, location.origin));
          return;
        }
        tellProof();
        setIsShown(true);
        // Where the browser lets it: on the way through the provider the page has lost who opened it.
        window.close();
      },
    });
  }, [mutate]);
  return (
    <EntryFrame title={t("entry.return.title")}>
      {isError ? (
        <ErrorPanel title={t("entry.failed")} error={error} />
      ) : (
        <p role="status">
          {t(isShown ? "entry.return.shown" : hasAnswer ? "entry.link.busy" : "entry.return.leaving")}
        </p>
      )}
      {isError ? (
        <ButtonLink href="/sign-in" className="mt-4">
          {t("entry.return.again")}
        </ButtonLink>
      ) : null}
    </EntryFrame>
  );
}
