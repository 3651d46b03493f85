"use client";

import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { CheckModeChoice } from "@/components/check-mode/check-mode-choice";
import { useT } from "@/components/locale/i18n-provider";
import { DeadlineField, deadlineOf, type TypedDeadline } from "@/components/migration/cutover/deadline-field";
import { StopWritesChoice } from "@/components/migration/cutover/stop-writes-choice";
import type { BulkAction } from "@/lib/client/bulk-actions";
import type { CheckMode } from "@/lib/migration/vocabulary/check-mode";
import type { StopWrites } from "@/lib/migration/vocabulary/stop-writes";

/** Asks how the cutovers go that are armed for a person to release. */
export function HoldDialog({
  count,
  onConfirm,
  onClose,
}: {
  count: number;
  onConfirm: (action: BulkAction) => void;
  onClose: () => void;
}) {
  const { t } = useT();
  const [stopWrites, setStopWrites] = useState<StopWrites>("restricted_user");
  const [checkMode, setCheckMode] = useState<CheckMode>("async");
  const [typed, setTyped] = useState<TypedDeadline>({ minutes: "", after: "take_back" });
  return (
    <AskDialog
      size="lg"
      title={t("bulk.hold.title", { count })}
      description={t("bulk.hold.text")}
      confirm={t("bulk.hold.confirm")}
      busy={false}
      error={null}
      failed=""
      onConfirm={() => {
        const deadline = deadlineOf(typed);
        if (deadline === undefined) return;
        onConfirm({ type: "hold", stopWrites, checkMode, ...(deadline && { deadline }) });
      }}
      onClose={onClose}
    >
      <StopWritesChoice value={stopWrites} onChange={setStopWrites} onlyOperator={false} />
      <CheckModeChoice value={checkMode} onChange={setCheckMode} legendLook="section" />
      <DeadlineField value={typed} onChange={setTyped} forecast={null} />
    </AskDialog>
  );
}
