"use client";

import clsx from "clsx";
import {
  CircleAlert,
  CircleCheck,
  CircleHelp,
  CircleX,
  type LucideIcon,
  RefreshCw,
  UserCheck,
} from "lucide-react";
import type { ReactNode } from "react";
import { FailureNote } from "@/components/failure/failure-note";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useNow } from "@/components/locale/use-now";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { TONE_TEXT, type Tone } from "@/components/ui/tone";
import type { ProbeView } from "@/lib/contracts/migration";
import { isStale } from "./order-probes";
import { probeElementId } from "./probe-element-id";
import { ProbeRemedy } from "./probe-remedy";
import { useProbeText } from "./use-probe-text";

const LOOKS: Record<ProbeView["verdict"], { glyph: LucideIcon; tone: Tone }> = {
  pass: { glyph: CircleCheck, tone: "success" },
  warn: { glyph: CircleAlert, tone: "warning" },
  block: { glyph: CircleX, tone: "danger" },
  unknown: { glyph: CircleHelp, tone: "neutral" },
};

interface ProbeRowProps {
  probe: ProbeView;
  busy: boolean;
  /** Absent: the migration is over and the row is history. */
  onRecheck?: (() => void) | undefined;
  onAccept?: (() => void) | undefined;
  /** What only this probe has: a check that can be run. */
  children?: ReactNode;
}

/** What was asked of the outside, the answer, when, and what to do when it is not the right one. */
export function ProbeRow({ probe, busy, onRecheck, onAccept, children }: ProbeRowProps) {
  const { t, tx } = useT();
  const format = useFormat();
  const { title, verdict, remedy } = useProbeText()(probe);
  const { glyph: Glyph, tone } = LOOKS[probe.verdict];
  const passed = probe.verdict === "pass";
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
        aria-label={t(`preflight.verdict.${probe.verdict}`)}
        className={clsx("mt-0.5", TONE_TEXT[tone])}
      />
      <div className="min-w-0 wrap-anywhere">
        <p>
          <span className="font-medium">{title}</span>{" "}
          <span className={passed ? "text-fg-2" : ""}>{verdict}</span>
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
        {passed ? null : <ProbeRemedy probe={probe} title={title} remedy={remedy} />}
        {probe.failure ? (
          <div className="mt-1">
            <FailureNote failure={probe.failure} />
            {tx(`connections.mend.${probe.failure.reason}`, { host: "", port: "" }, "")}
          </div>
        ) : null}
        {probe.accepted ? (
          <p className="mt-1 flex gap-1.5 text-cap">
            <UserCheck size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none text-fg-2" />
            <span>
              {t("preflight.accepted", {
                by: tx(`event.actor.${probe.accepted.by}`, {}, probe.accepted.by),
                time: format.instant(probe.accepted.at, "short"),
                reason: probe.accepted.reason,
              })}
            </span>
          </p>
        ) : probe.verdict === "warn" && onAccept ? (
          <Button
            size="sm"
            className="mt-1.5"
            onClick={onAccept}
            aria-label={`${t("preflight.accept")}: ${title}`}
          >
            {t("preflight.accept")}
          </Button>
        ) : null}
        {children}
      </div>
      <span className="flex flex-col items-end gap-1 text-cap text-fg-2">
        <span className="flex items-start gap-1 whitespace-nowrap">
          <time dateTime={probe.at} className="mt-0.5 max-sm:sr-only">
            {format.instant(probe.at, "seconds")}
          </time>
          {onRecheck ? (
            <IconButton
              size="sm"
              icon={RefreshCw}
              label={t("preflight.recheck", { title })}
              aria-busy={busy || undefined}
              onClick={busy ? undefined : onRecheck}
              className={busy ? "motion-safe:[&>svg]:animate-turn" : ""}
            />
          ) : null}
        </span>
        {onRecheck ? <StaleTag probe={probe} /> : null}
      </span>
    </li>
  );
}

/** A component of its own: it looks at the clock every second, the row does not. */
function StaleTag({ probe }: { probe: ProbeView }) {
  const { t } = useT();
  const stale = isStale(probe, useNow());
  return stale ? <Tag>{t("preflight.stale", { minutes: probe.freshMinutes })}</Tag> : null;
}
