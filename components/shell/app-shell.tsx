"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { SandboxBanner, ShortcutSheet } from "./late-screens";
import { TopBar } from "./top-bar";
import { useShortcuts } from "./use-shortcuts";

/** What stands around every page: skip link, top bar, sandbox banner, shortcuts. Pages bring their own `main` content. */
export function AppShell({ children }: { children: ReactNode }) {
  const { t } = useT();
  const router = useRouter();
  const [sheet, setSheet] = useState(false);
  useShortcuts({
    "?": () => setSheet(true),
    "g m": () => router.push("/"),
    "g r": () => router.push("/records"),
    "g c": () => router.push("/connections"),
    "g s": () => router.push("/settings"),
    "g w": () => router.push("/wall"),
  });
  return (
    <>
      <a
        href="#main"
        className="sr-only z-50 rounded-md border border-border-strong bg-surface px-3 py-1.5 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("shell.skip")}
      </a>
      <TopBar onShortcuts={() => setSheet(true)} />
      <SandboxBanner />
      <main id="main" tabIndex={-1} className="outline-none">
        {children}
      </main>
      {sheet ? <ShortcutSheet open onOpenChange={setSheet} /> : null}
    </>
  );
}
