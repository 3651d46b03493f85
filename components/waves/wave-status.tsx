"use client";

import { CircleCheck, CirclePause, FilePen, Hand, LoaderCircle } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { Badge } from "@/components/ui/badge";
import type { WaveView } from "@/lib/contracts/wave";

const LOOKS = {
  draft: { tone: "neutral", glyph: FilePen },
  running: { tone: "info", glyph: LoaderCircle },
  paused: { tone: "warning", glyph: CirclePause },
  over: { tone: "success", glyph: CircleCheck },
} as const;

/** Where a wave as a whole stands; of one that goes on, how many of its members need a person. */
export function WaveStatus({ status, held = 0 }: Pick<WaveView, "status"> & { held?: number }) {
  const { t } = useT();
  if (held > 0 && (status === "running" || status === "paused"))
    return (
      <Badge tone="warning" icon={<Hand size={14} strokeWidth={1.75} aria-hidden />}>
        {t("wave.status.needs", { status: t(`wave.status.${status}`), count: held })}
      </Badge>
    );
  const { tone, glyph: Glyph } = LOOKS[status];
  return (
    <Badge tone={tone} icon={<Glyph size={14} strokeWidth={1.75} aria-hidden />}>
      {t(`wave.status.${status}`)}
    </Badge>
  );
}
