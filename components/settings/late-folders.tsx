"use client";

import { useQuery } from "@tanstack/react-query";
import { latePiece } from "@/components/late/late-piece";
import { systemQuery } from "@/lib/client/system-queries";

const FoldersPanel = latePiece({
  texts: ["settings"],
  load: async () => (await import("./folders-panel")).FoldersPanel,
});

/** Comes after the page can be used. */
export function LateFolders() {
  const role = useQuery(systemQuery()).data?.person.role;
  return role === undefined ? null : <FoldersPanel mayChange={role === "administrator"} />;
}
