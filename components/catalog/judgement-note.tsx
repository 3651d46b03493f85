"use client";

import { CircleArrowRight, CircleCheck, CircleX } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import type { ObjectJudgement } from "./judge-object";

/** Whether an object may be chosen, as glyph and words: fits, not first, not readable here, refused. */
export function JudgementNote({ judgement, fits }: { judgement: ObjectJudgement; fits: string }) {
  const { t } = useT();
  const text = useJudgementText();
  switch (judgement.verdict) {
    case "fits":
      return (
        <span className="flex gap-1.5 text-status-success">
          <CircleCheck size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
          <span>
            {fits}
            {judgement.note === "copy_only" ? (
              <span className="block text-fg-2">{t("object.copyOnlyNote")}</span>
            ) : null}
          </span>
        </span>
      );
    case "not_first":
      return (
        <span className="flex gap-1.5">
          <CircleArrowRight size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
          {text(judgement)}
        </span>
      );
    case "unread":
      return (
        <span className="flex gap-1.5 text-status-warning">
          <CircleArrowRight size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
          {t(`object.unread.${judgement.seal}`)}
        </span>
      );
    case "refused":
      return (
        <span className="flex gap-1.5 text-status-danger">
          <CircleX size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
          {t("object.refusedTitle", { reason: text(judgement) })}
        </span>
      );
  }
}

/** Why an object may not be chosen; empty when it may. */
export function useJudgementText(): (judgement: ObjectJudgement) => string {
  const { t } = useT();
  return (judgement) => {
    if (judgement.verdict === "fits" || judgement.verdict === "unread") return "";
    return t(`object.reason.${judgement.reason}`, judgement.verdict === "refused" ? judgement.params : {});
  };
}
