"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleUser } from "lucide-react";
import { useEffect } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Link } from "@/components/ui/link";
import { systemQuery } from "@/lib/client/system-queries";
import { ProofAsker } from "./proof-asker";
import { useHydrated } from "./use-hydrated";

/** Where people sign in: who is, and the way to their profile. */
export function ProfileLink() {
  const { t } = useT();
  const system = useQuery(systemQuery()).data;
  const hydrated = useHydrated();
  const limited = system?.person.limited === true;
  // Pages that are closed to them are led to from nowhere.
  useEffect(() => {
    document.documentElement.toggleAttribute("data-limited", limited);
  }, [limited]);
  // The server knows nobody when it draws; the page may have asked by the time this piece comes.
  if (!hydrated || system?.signIn !== "required") return null;
  const { name } = system.person;
  return (
    <>
      <Link
        href="/profile"
        title={t("shell.profile")}
        className="link grid h-8 min-w-8 place-items-center text-cap sm:px-1.5"
      >
        <CircleUser size={16} strokeWidth={1.75} aria-hidden className="sm:hidden" />
        <span className="max-w-24 truncate max-sm:sr-only">{name}</span>
      </Link>
      <ProofAsker name={name} />
    </>
  );
}
