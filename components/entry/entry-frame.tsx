"use client";

import type { ReactNode } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { LanguageSwitch } from "@/components/shell/language-switch";
import { Logo } from "@/components/shell/logo";
import { ThemeSwitch } from "@/components/shell/theme-switch";

/** What stands around the pages of those who are not signed in yet. */
export function EntryFrame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useT();
  return (
    <main id="main" className="mx-auto w-full max-w-104 px-4 pt-[12vh] pb-8">
      <div className="mb-6 flex items-center gap-2">
        <Logo />
        <span className="font-semibold">{t("shell.product")}</span>
        <div className="ml-auto flex items-center gap-1">
          <ThemeSwitch />
          <LanguageSwitch />
        </div>
      </div>
      <div className="panel p-6">
        <h1 className="mb-4">{title}</h1>
        {children}
      </div>
    </main>
  );
}
