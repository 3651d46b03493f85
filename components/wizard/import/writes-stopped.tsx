"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import type { DraftHandle } from "../draft/use-draft";

/** Of Immediate Access: nothing goes in after the full, so writes stop before it, or are lost. */
export function WritesStopped({ draft, change }: Pick<DraftHandle, "draft" | "change">) {
  const { t } = useT();
  return (
    <Callout
      tone={draft.writesStopped ? "info" : "warning"}
      className="mb-5"
      title={t(draft.writesStopped ? "immediate.stopped" : "immediate.open")}
    >
      <p className="mb-2">{t(draft.writesStopped ? "immediate.stopped.text" : "immediate.open.text")}</p>
      <Checkbox
        checked={draft.writesStopped}
        onChange={(writesStopped) => change((before) => ({ ...before, writesStopped }))}
        label={t("immediate.choice")}
        hint={t("immediate.choice.hint")}
      />
    </Callout>
  );
}
