"use client";

import { Hand } from "lucide-react";
import { useT } from "@/components/shell/i18n-provider";
import type { MigrationView } from "@/lib/contracts/migration";
import { needText } from "./need-text";

/** First line of the advance panel: the next thing needed of a person, or that nothing is. */
export function NeedLine({ view }: { view: MigrationView }) {
  const { t, tx } = useT();
  const need = needText(view, { t, tx });
  if (need) {
    return (
      <p className="flex gap-2 font-medium text-status-warning text-table">
        <Hand size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
        <span>{need}</span>
      </p>
    );
  }
  return <p className="text-fg-2 text-table">{t("migration.advance.nothing")}</p>;
}
