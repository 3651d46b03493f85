"use client";

import { useQuery } from "@tanstack/react-query";
import { latePiece } from "@/components/late/late-piece";
import { systemQuery } from "@/lib/client/system-queries";

const FoldersPanel = latePiece({
  texts: ["settings"],
  load: async () => (await import("./folders-panel")).FoldersPanel,
});

const PolicyPanel = latePiece({
  texts: ["policy"],
  load: async () => (await import("./policy-panel")).PolicyPanel,
});

const WaysPanel = latePiece({
  texts: ["settings"],
  load: async () => (await import("./ways-panel")).WaysPanel,
});

const SandboxPanel = latePiece({
  texts: ["sandbox"],
  load: async () => (await import("./sandbox-panel")).SandboxPanel,
});

export function LateSandbox() {
  const role = useQuery(systemQuery()).data?.person.role;
  return role === undefined ? null : <SandboxPanel mayChange={role === "administrator"} />;
}

/** What administrators set for all; comes after the page can be used. */
export function LatePanels() {
  const role = useQuery(systemQuery()).data?.person.role;
  if (role === undefined) return null;
  const mayChange = role === "administrator";
  return (
    <>
      <PolicyPanel mayChange={mayChange} />
      <FoldersPanel mayChange={mayChange} />
      {mayChange ? <WaysPanel /> : null}
    </>
  );
}
