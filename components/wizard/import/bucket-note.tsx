"use client";

import clsx from "clsx";
import { CircleCheck, CircleHelp, Hand } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { Mono } from "@/components/ui/mono";
import { TONE_TEXT } from "@/components/ui/tone";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { useTargetInstance } from "../draft/draft-queries";
import type { StepProps } from "../draft/step-props";

/** The bucket of the step before, and whether RDS may read it. */
export function BucketNote({ handle: { draft }, onGo }: StepProps) {
  const { t } = useT();
  return (
    <div className="mb-5">
      <p className="mb-1 font-medium text-table">{t("wizard.import.bucket")}</p>
      <p className="flex min-h-8.5 flex-wrap items-center gap-x-3 rounded-md border border-border bg-surface-2 px-2.5 py-1">
        <Mono className="min-w-0 flex-1 wrap-anywhere">{draft.bucket ?? t("wizard.import.bucket.none")}</Mono>
        <button type="button" className="link min-h-6 text-table" onClick={() => onGo("backup")}>
          {t("wizard.import.bucket.change")}
        </button>
      </p>
      <Authorization draft={draft} />
    </div>
  );
}

const AUTHORIZATION = {
  authorized: { icon: CircleCheck, look: TONE_TEXT.success, text: "wizard.import.authorized" },
  missing: { icon: Hand, look: TONE_TEXT.warning, text: "wizard.import.notAuthorized" },
  other_trust: { icon: Hand, look: TONE_TEXT.warning, text: "wizard.import.otherTrust" },
  unknown: { icon: CircleHelp, look: "text-fg-2", text: "wizard.import.authorizationUnknown" },
} as const;

function Authorization({ draft }: { draft: MigrationDraft }) {
  const { t } = useT();
  const instance = useTargetInstance(draft).data;
  if (!instance) return null;
  const { icon: Icon, look, text } = AUTHORIZATION[instance.importRole.state];
  return (
    <p className={clsx("mt-1 flex gap-1.5 text-cap", look)}>
      <Icon size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
      {t(text)}
    </p>
  );
}
