"use client";

import clsx from "clsx";
import { usePathname } from "next/navigation";
import { useT } from "@/components/locale/i18n-provider";
import { Link } from "@/components/ui/link";
import type { MessageKey } from "@/lib/i18n/message-key";

const LINKS: { href: string; label: MessageKey }[] = [
  { href: "/", label: "shell.migrations" },
  { href: "/records", label: "shell.records" },
  { href: "/connections", label: "shell.connections" },
  { href: "/settings", label: "shell.settings" },
];

/** The main pages. `column` for the menu of narrow screens. */
export function NavLinks({ column, onNavigate }: { column?: boolean; onNavigate?: () => void }) {
  const { t } = useT();
  const path = usePathname();
  // Home is the page of all migrations, and each has a page below /migrations.
  const inside = /^\/(migrations|waves)/.test(path) ? "/" : path;
  return (
    <nav aria-label={t("shell.main_nav")} className={clsx("flex", column ? "flex-col" : "h-full gap-0.5")}>
      {LINKS.map(({ href, label }) => {
        const current = href === "/" ? inside === href : inside.startsWith(href);
        return (
          <Link
            key={href}
            href={href}
            {...(onNavigate && { onClick: onNavigate })}
            aria-current={current ? "page" : undefined}
            className={clsx(
              "flex items-center font-medium text-table -outline-offset-2 hover:text-fg",
              column ? "min-h-10 border-l-2 px-4" : "-mb-px border-b-2 px-2.5",
              current ? "border-accent text-fg" : "border-transparent text-fg-2",
            )}
          >
            {t(label)}
          </Link>
        );
      })}
    </nav>
  );
}
