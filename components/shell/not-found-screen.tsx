"use client";

import { MapPinOff } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Inside the shell, in the place of a page that is none. */
export function NotFoundScreen() {
  const { t } = useT();
  return (
    <div className="page">
      <EmptyState
        icon={MapPinOff}
        title={<h1>{t("shell.not_found.title")}</h1>}
        actions={<ButtonLink href="/">{t("shell.not_found.action")}</ButtonLink>}
      >
        {t("shell.not_found.text")}
      </EmptyState>
    </div>
  );
}
