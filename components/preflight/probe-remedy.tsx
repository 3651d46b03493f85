"use client";

import { ExternalLink, Hand } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { CopyButton } from "@/components/ui/copy-button";
import type { ProbeView } from "@/lib/contracts/migration";

/** Long scripts scroll sideways, by keyboard too. */
const SCROLLER = { tabIndex: 0 };

/** What to do about an answer that is not the right one: words, a script to copy, the console's page. */
export function ProbeRemedy({ probe, title, remedy }: { probe: ProbeView; title: string; remedy: string }) {
  const { t } = useT();
  return (
    <div className="mt-1 space-y-1 text-cap">
      {probe.prevents ? (
        <p className="text-fg-2">
          {t("preflight.prevents")} <span className="font-mono">{probe.prevents}</span>
        </p>
      ) : null}
      {remedy ? (
        <p className="flex gap-1.5">
          <Hand size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none text-status-warning" />
          <span>{remedy}</span>
        </p>
      ) : null}
      {probe.script ? (
        <div className="flex items-start gap-1 rounded-sm border border-border bg-surface-2">
          <section
            {...SCROLLER}
            aria-label={`${t("preflight.script")}: ${title}`}
            className="max-h-48 min-w-0 flex-1 overflow-auto"
          >
            <pre className="px-2 py-1.5 text-cap">{probe.script}</pre>
          </section>
          <span className="p-0.5">
            <CopyButton text={probe.script} label={t("preflight.script.copy", { title })} />
          </span>
        </div>
      ) : null}
      {probe.link ? (
        <a
          href={probe.link}
          target="_blank"
          rel="noreferrer"
          className="link inline-flex min-h-6 items-center gap-1"
        >
          {t("preflight.console")}
          <ExternalLink size={13} strokeWidth={1.75} aria-hidden />
        </a>
      ) : null}
    </div>
  );
}
