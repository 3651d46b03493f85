"use client";

import { useQuery } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { systemQuery } from "@/lib/client/system-queries";
import { useHydrated } from "./use-hydrated";

/** Says plainly that part of what one looks at is simulated. Nothing is shown where no sandbox runs. */
export function SandboxBanner() {
  const { t } = useT();
  const sandbox = useQuery(systemQuery()).data?.sandbox;
  const hydrated = useHydrated();
  if (!sandbox || !hydrated) return null;
  return (
    <aside
      aria-label={t("shell.sandbox.tag")}
      className="flex flex-wrap items-center gap-x-4 gap-y-0.5 border-b border-border-strong bg-surface-2 bg-hatch-quiet px-4 py-1.5 text-table sm:px-6 print:hidden"
    >
      <p className="flex min-w-0 flex-1 basis-80 items-start gap-2.5">
        <FlaskConical size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
        <span>
          <b>{t("shell.sandbox.title")}</b> {t("shell.sandbox.text", { factor: sandbox.timeFactor })}
        </span>
      </p>
      <span className="min-w-0 text-cap text-fg-2 wrap-anywhere max-sm:pl-6.5">
        {t("shell.sandbox.scenario", {
          scenario: sandbox.scenario.replaceAll("-", "_"),
          names: sandbox.scenario.replaceAll(",", ", "),
        })}
      </span>
    </aside>
  );
}
