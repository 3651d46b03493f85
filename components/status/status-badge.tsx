"use client";

import type { ReactNode } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Badge } from "@/components/ui/badge";
import type { Status } from "@/lib/migration/vocabulary/status";
import { STATUS_TABLE } from "./status-table";
import { StatusGlyph } from "./status-word";

/** Glyph, word and, after a dot, the detail; hover tells what the status means. */
export function StatusBadge({ status, detail }: { status: Status; detail?: ReactNode }) {
  const { t } = useT();
  const { tone, label, meaning } = STATUS_TABLE[status];
  return (
    <span title={t(meaning)}>
      <Badge tone={tone} icon={<StatusGlyph status={status} size={14} label={false} />}>
        {t(label)}
        {detail ? <span className="font-normal">· {detail}</span> : null}
      </Badge>
    </span>
  );
}
