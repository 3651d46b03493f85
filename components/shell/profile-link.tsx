"use client";

import { useQuery } from "@tanstack/react-query";
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
  // The server knows nobody when it draws; the page may have asked by the time this piece comes.
  if (!hydrated || system?.signIn !== "required") return null;
  const { name } = system.person;
  return (
    <>
      <Link href="/profile" title={t("shell.profile")} className="link max-w-24 truncate px-1.5 text-cap">
        {name}
      </Link>
      <ProofAsker name={name} />
    </>
  );
}
