"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { ButtonLink } from "@/components/ui/button";
import { takeLink } from "@/lib/client/session-queries";
import type { LinkTaken } from "@/lib/contracts/people";
import { EntryFrame } from "./entry-frame";

/** Signs in by what stands behind the `#` of the address, which it takes out of sight. A link is good once: it is sent once. */
export function LinkScreen() {
  const { t } = useT();
  const [isWhole, setIsWhole] = useState(true);
  const { mutate, isError, error } = useMutation(takeLink());
  const sent = useRef(false);
  useEffect(() => {
    const take = () => {
      const token = location.hash.slice(1);
      history.replaceState(null, "", location.pathname);
      setIsWhole(token !== "");
      if (token !== "") mutate(token, { onSuccess: (taken) => location.assign(pageAfter(taken)) });
    };
    if (!sent.current) take();
    sent.current = true;
    // Another link, put into the address bar over this one, loads nothing anew.
    addEventListener("hashchange", take);
    return () => removeEventListener("hashchange", take);
  }, [mutate]);
  return (
    <EntryFrame title={t("entry.link.title")}>
      {isError ? (
        <ErrorPanel title={t("entry.failed")} error={error} />
      ) : (
        <p role="status">{isWhole ? t("entry.link.busy") : t("entry.link.part")}</p>
      )}
      {isError || !isWhole ? (
        <ButtonLink href="/sign-in" className="mt-4">
          {t("entry.link.password")}
        </ButtonLink>
      ) : null}
    </EntryFrame>
  );
}

/** Who tries it out starts; who was invited or has forgotten a password sets one. */
function pageAfter({ purpose }: { purpose: LinkTaken["purpose"] }): string {
  return purpose === "first_start" ? "/" : "/profile";
}
