"use client";

import { useSearchParams } from "next/navigation";
import { replaceQuery } from "@/components/shell/replace-query";

const TABS = ["timeline", "aftercare", "chain", "files", "events", "preflight", "provider"] as const;
export type TabName = (typeof TABS)[number];

/** Tab, selection and the open dialog live in the URL: a link shows what its sender saw. */
export function useMigrationUrl() {
  const params = useSearchParams();
  return {
    tab: TABS.find((tab) => tab === params.get("tab")) ?? "timeline",
    step: params.get("step"),
    cutover: params.get("cutover") !== null,
    setTab: (tab: TabName) => change({ tab: tab === "timeline" ? null : tab }),
    setStep: (step: string | null) => change({ step }),
    showStep: (step: string) => change({ step, tab: null }),
    setCutover: (open: boolean) => change({ cutover: open ? "" : null }),
  };
}

function change(changes: Record<string, string | null>): void {
  const next = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  replaceQuery(next.toString());
}
