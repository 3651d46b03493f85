"use client";

import clsx from "clsx";
import {
  CircleAlert,
  CircleCheck,
  CircleHelp,
  CircleX,
  Hand,
  type LucideIcon,
  RefreshCw,
} from "lucide-react";
import { useT } from "@/components/shell/i18n-provider";
import { useFormat } from "@/components/shell/use-format";
import { FailureNote } from "@/components/ui/failure-note";
import { IconButton } from "@/components/ui/icon-button";
import { TONE_TEXT, type Tone } from "@/components/ui/tone";
import type { ProbeView } from "@/lib/contracts/migration";
import type { MessageParams } from "@/lib/i18n/message-key";
import { probeElementId } from "./step-props";

const LOOKS: Record<ProbeView["verdict"], { glyph: LucideIcon; tone: Tone }> = {
  pass: { glyph: CircleCheck, tone: "success" },
  warn: { glyph: CircleAlert, tone: "warning" },
  block: { glyph: CircleX, tone: "danger" },
  unknown: { glyph: CircleHelp, tone: "warning" },
};

/** What was asked of the outside, the answer, when, and what to do when it is not the right one. */
export function ProbeRow({
  probe,
  busy,
  onRecheck,
}: {
  probe: ProbeView;
  busy: boolean;
  onRecheck: () => void;
}) {
  const { t, tx } = useT();
  const format = useFormat();
  const { title, verdict, remedy } = useProbeText()(probe);
  const { glyph: Glyph, tone } = LOOKS[probe.verdict];
  return (
    <li
      id={probeElementId(probe.id)}
      tabIndex={-1}
      className="grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2.5 border-b border-border px-4 py-2.25 text-table last:border-b-0"
    >
      <Glyph
        size={16}
        strokeWidth={1.75}
        role="img"
        aria-label={t(`wizard.probes.verdict.${probe.verdict}`)}
        className={clsx("mt-0.5", TONE_TEXT[tone])}
      />
      <div className="min-w-0 wrap-anywhere">
        <p>
          <span className={probe.verdict === "pass" ? "" : "font-medium"}>{title}</span>{" "}
          <span className={probe.verdict === "pass" ? "text-fg-2" : "font-medium"}>{verdict}</span>
        </p>
        <p className="text-cap text-fg-2">
          {probe.asked}
          {probe.answer ? (
            <>
              {" → "}
              <span className="text-fg">{probe.answer}</span>
            </>
          ) : null}
        </p>
        {remedy && probe.verdict !== "pass" ? (
          <p className="mt-1 flex gap-1.5 text-cap">
            <Hand size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none text-status-warning" />
            <span>{remedy}</span>
          </p>
        ) : null}
        {probe.failure ? (
          <div className="mt-1">
            <FailureNote failure={probe.failure} />
            {tx(`connections.mend.${probe.failure.reason}`, { host: "", port: "" }, "")}
          </div>
        ) : null}
      </div>
      <span className="flex items-start gap-1 whitespace-nowrap text-cap text-fg-3">
        <time dateTime={probe.at} className="mt-0.5">
          {format.instant(probe.at, "seconds")}
        </time>
        <IconButton
          size="sm"
          icon={RefreshCw}
          label={t("wizard.probes.recheck", { title })}
          aria-busy={busy || undefined}
          onClick={onRecheck}
          className={busy ? "motion-safe:[&>svg]:animate-turn" : ""}
        />
      </span>
    </li>
  );
}

/** Texts of a probe; sizes come as bytes and are laid out here. */
export function useProbeText(): (probe: ProbeView) => { title: string; verdict: string; remedy: string } {
  const { t, tx } = useT();
  const format = useFormat();
  return ({ id, verdict, params }) => {
    const shown: MessageParams = {};
    for (const [name, value] of Object.entries(params)) {
      shown[name] = name.endsWith("Bytes") && typeof value === "number" ? format.bytes(value) : value;
    }
    const title = tx(`probe.${id}.title`, shown, id);
    return {
      title,
      verdict: verdict === "unknown" ? t("wizard.probes.unknown") : tx(`probe.${id}.${verdict}`, shown, ""),
      remedy: tx(`probe.${id}.remedy`, shown, ""),
    };
  };
}
