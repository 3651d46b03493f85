"use client";

import { CircleCheck, CirclePause, FilePen, LoaderCircle } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { Badge } from "@/components/ui/badge";
import type { WaveView } from "@/lib/contracts/wave";

const LOOKS = {
  draft: { tone: "neutral", glyph: FilePen },
  running: { tone: "info", glyph: LoaderCircle },
  paused: { tone: "warning", glyph: CirclePause },
  over: { tone: "success", glyph: CircleCheck },
} as const;

/** Where a wave as a whole stands. */
export function WaveStatus({ status }: Pick<WaveView, "status">) {
  const { t } = useT();
  const { tone, glyph: Glyph } = LOOKS[status];
  return (
    <Badge tone={tone} icon={<Glyph size={14} strokeWidth={1.75} aria-hidden />}>
      {t(`wave.status.${status}`)}
    </Badge>
  );
}
