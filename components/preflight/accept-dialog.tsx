"use client";

import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { useT } from "@/components/locale/i18n-provider";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import type { ProbeView } from "@/lib/contracts/migration";
import { useAcceptWarning } from "./use-preflight";
import { useProbeText } from "./use-probe-text";

/** A person takes a warning upon themselves and says why. */
export function AcceptDialog({ id, probe, onClose }: { id: string; probe: ProbeView; onClose: () => void }) {
  const { t } = useT();
  const { title, verdict } = useProbeText()(probe);
  const accept = useAcceptWarning(id);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const missing = tried && reason.trim() === "";
  const submit = () => {
    setTried(true);
    if (reason.trim() === "") return;
    accept.mutate({ probe: probe.id, gist: probe.gist, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <AskDialog
      title={t("preflight.accept.title")}
      description={t("preflight.accept.text")}
      confirm={t("preflight.accept.confirm")}
      busy={accept.isPending}
      error={accept.error}
      failed={t("preflight.accept.failed")}
      onConfirm={submit}
      onClose={onClose}
    >
      <p className="text-table wrap-anywhere">
        <span className="font-medium">{title}</span> {verdict}
      </p>
      <Field
        label={t("preflight.accept.reason")}
        hint={t("preflight.accept.hint")}
        error={missing ? t("preflight.accept.missing") : undefined}
      >
        {(control) => (
          <TextInput
            {...control}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </AskDialog>
  );
}
