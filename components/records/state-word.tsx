"use client";

import clsx from "clsx";
import { STATUS_TABLE } from "@/components/status/status-table";
import { StatusGlyph } from "@/components/status/status-word";
import { TONE_TEXT } from "@/components/ui/tone";
import type { Status } from "@/lib/migration/vocabulary/status";

/** A word of the console in the look of one of our statuses. */
export function StateWord({ look, children }: { look: Status; children: string }) {
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1.5 whitespace-nowrap font-medium text-table",
        TONE_TEXT[STATUS_TABLE[look].tone],
      )}
    >
      <StatusGlyph status={look} size={14} label={false} />
      {children}
    </span>
  );
}
