"use client";

import { MapPinOff } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { AppShell } from "./app-shell";

/** `bare` inside a page that stands in the shell already. */
export function NotFoundScreen({ bare }: { bare?: boolean }) {
  const { t } = useT();
  const content = (
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
  return bare ? content : <AppShell>{content}</AppShell>;
}
