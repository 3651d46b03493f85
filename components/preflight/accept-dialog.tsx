"use client";

import { useId, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
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
  const form = useId();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const missing = tried && reason.trim() === "";
  const submit = () => {
    setTried(true);
    if (reason.trim() === "" || accept.isPending) return;
    accept.mutate({ probe: probe.id, gist: probe.gist, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t("preflight.accept.title")}
      description={t("preflight.accept.text")}
      footer={
        <>
          <Button onClick={onClose}>{t("shell.cancel")}</Button>
          <Button variant="primary" type="submit" form={form} busy={accept.isPending}>
            {t("preflight.accept.confirm")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="space-y-3 px-4 py-4 sm:px-6"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
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
        {accept.error ? <ErrorPanel title={t("preflight.accept.failed")} error={accept.error} /> : null}
      </form>
    </Dialog>
  );
}
