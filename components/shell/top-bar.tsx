"use client";

import { Keyboard, Menu, X } from "lucide-react";
import { useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { LanguageSwitch } from "./language-switch";
import { BarClock, ProfileLink, ThemeSwitch } from "./late-screens";
import { Logo } from "./logo";
import { NavLinks } from "./nav-links";

export function TopBar({ onShortcuts }: { onShortcuts: () => void }) {
  const { t } = useT();
  const [open, setOpen] = useState(false);
  return (
    <header className="sticky top-0 z-20 border-b border-border bg-surface print:hidden">
      <div className="flex h-12 items-center gap-3 px-4 sm:gap-5 sm:px-6">
        <Link href="/" className="flex items-center gap-2 font-semibold text-fg">
          <Logo />
          {t("shell.product")}
        </Link>
        <div className="hidden h-full sm:block">
          <NavLinks />
        </div>
        <div className="ml-auto hidden lg:block">
          <BarClock />
        </div>
        <div className="flex items-center gap-1 max-lg:ml-auto">
          <IconButton
            icon={Keyboard}
            label={t("shell.shortcuts.open")}
            onClick={onShortcuts}
            className="hidden sm:inline-grid"
          />
          <span className="size-8">
            <ThemeSwitch />
          </span>
          <LanguageSwitch />
          <ProfileLink />
          <IconButton
            icon={open ? X : Menu}
            label={t("shell.menu")}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="sm:hidden"
          />
        </div>
      </div>
      {open ? (
        <div className="border-t border-border py-1 sm:hidden">
          <NavLinks column onNavigate={() => setOpen(false)} />
        </div>
      ) : null}
    </header>
  );
}
